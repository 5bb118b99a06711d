import { createHash } from 'node:crypto';
import type { Uid } from '#model/system.ts';

/** Distinct uids in ascending order; two lists with the same id hold the same. */
export interface TargetList {
  readonly id: string;
  readonly uids: readonly Uid[];
}

/** What somebody can do something to: surely, or under a condition. No uid is in both lists. */
export interface Targets {
  readonly certain: TargetList;
  readonly conditional: TargetList;
}

export const NO_LIST: TargetList = { id: '', uids: [] };
export const NO_TARGETS: Targets = { certain: NO_LIST, conditional: NO_LIST };

const ids = new WeakMap<readonly Uid[], string>();

/** The list of these uids, in any order. */
export function listOf(uids: Iterable<Uid>): TargetList {
  const sorted = [...new Set(uids)].toSorted();
  return sorted.length === 0 ? NO_LIST : { id: idOf(sorted), uids: sorted };
}

/** The targets where what is certain is certain, whatever `conditional` says. */
export function targetsOf(certain: Iterable<Uid>, conditional: Iterable<Uid>): Targets {
  const sure = listOf(certain);
  return { certain: sure, conditional: listOf(without(conditional, sure)) };
}

export function isNone({ certain, conditional }: Targets): boolean {
  return certain.uids.length === 0 && conditional.uids.length === 0;
}

const doubted = new WeakMap<Targets, Targets>();

/** Both lists, none of it sure. */
export function madeConditional(targets: Targets): Targets {
  const { certain, conditional } = targets;
  if (certain.uids.length === 0) return targets;
  const known = doubted.get(targets);
  if (known !== undefined) return known;
  const made = {
    certain: NO_LIST,
    conditional: conditional.uids.length === 0 ? certain : listOf([...certain.uids, ...conditional.uids]),
  };
  doubted.set(targets, made);
  return made;
}

/** The targets, no surer than this. */
export function asSureAs(targets: Targets, certainty: 'certain' | 'conditional'): Targets {
  return certainty === 'certain' ? targets : madeConditional(targets);
}

const intersected = new WeakMap<Targets, WeakMap<Targets, Targets>>();

/** What is in both, as sure as the less sure of the two. The same two give the same object. */
export function intersection(one: Targets, other: Targets): Targets {
  if (isNone(one) || isNone(other)) return NO_TARGETS;
  if (one === other) return one;
  const byOther = intersected.get(one) ?? new WeakMap<Targets, Targets>();
  const known = byOther.get(other);
  if (known !== undefined) return known;
  const found = intersect(one, other);
  intersected.set(one, byOther.set(other, found));
  return found;
}

function intersect(one: Targets, other: Targets): Targets {
  const certain = common(one.certain, other.certain);
  const isAll = (whole: Targets): boolean => whole.conditional.uids.length === 0;
  if (isAll(one) && isAll(other)) return { certain, conditional: NO_LIST };
  const both = common(madeConditional(one).conditional, madeConditional(other).conditional);
  return { certain, conditional: certain === NO_LIST ? both : listOf(without(both.uids, certain)) };
}

/** Whether the list has the uid, and how surely; null: it has it in neither. */
export function certaintyIn({ certain, conditional }: Targets, uid: Uid): 'certain' | 'conditional' | null {
  if (holds(certain, uid)) return 'certain';
  return holds(conditional, uid) ? 'conditional' : null;
}

/** Whether a list has the uid. */
export function holds({ uids }: TargetList, uid: Uid): boolean {
  let low = 0;
  let high = uids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((uids[middle] ?? '') < uid) low = middle + 1;
    else high = middle;
  }
  return uids[low] === uid;
}

function common(one: TargetList, other: TargetList): TargetList {
  if (one.id === other.id) return one;
  const [few, many] = one.uids.length <= other.uids.length ? [one, other] : [other, one];
  const found = few.uids.filter((uid) => holds(many, uid));
  if (found.length === few.uids.length) return few;
  return found.length === 0 ? NO_LIST : { id: idOf(found), uids: found };
}

function without(uids: Iterable<Uid>, list: TargetList): Uid[] {
  return [...uids].filter((uid) => !holds(list, uid));
}

function idOf(uids: readonly Uid[]): string {
  const known = ids.get(uids);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const uid of uids) hash.update(uid).update('\0');
  const id = hash.digest('hex').slice(0, 24);
  ids.set(uids, id);
  return id;
}
