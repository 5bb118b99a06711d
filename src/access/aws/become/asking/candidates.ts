import type { Uid } from '#model/system.ts';
import { EVERYTHING, fits, hasVariables, type Pattern } from '../../pattern.ts';
import type { BearingSubject } from './bearing.ts';
import { listOf, NO_LIST, type TargetList, type Targets } from './target-list.ts';

/** The resources that an action might be done on, so arranged that those a statement is about are quickly found. */
export interface Candidates {
  readonly id: string;
  readonly all: TargetList;
  /** What somebody gets who is allowed the action on all of them without a condition. */
  readonly atMost: Targets;
  /** What all their names begin with. */
  readonly prefix: string;
  /** Whether policies of their own may name somebody, whose answers are then its own. */
  readonly mayName: (subject: BearingSubject) => boolean;
  /** What else tells principals apart to their own policies: with the same key they are the same. */
  readonly keyFor: (subject: BearingSubject) => string;
  /** false: their own policies allow it to everybody whom nothing denies it. */
  readonly needsPermission: boolean;
  /** Those that must always be asked about: their own policies may let somebody in. */
  readonly always: readonly Uid[];
  /** By what stands after the fifth colon; those with a colon in that are in `loose`. */
  readonly byTail: readonly { readonly tail: string; readonly uid: Uid }[];
  readonly loose: readonly Uid[];
}

/**
 * Arranges resources under a name that no others have.
 * @param more what differs from resources that have no policies of their own
 */
export function candidates(
  id: string,
  uids: Iterable<Uid>,
  more: Partial<Pick<Candidates, 'atMost' | 'mayName' | 'keyFor' | 'needsPermission' | 'always'>> = {},
): Candidates {
  const all = listOf(uids);
  const tails = all.uids.map((uid) => ({ tail: tailOf(uid), uid }));
  return {
    id,
    all,
    atMost: more.atMost ?? { certain: all, conditional: NO_LIST },
    prefix: commonPrefix(all.uids[0] ?? '', all.uids.at(-1) ?? ''),
    mayName: more.mayName ?? (() => false),
    keyFor: more.keyFor ?? (() => ''),
    needsPermission: more.needsPermission ?? true,
    always: more.always ?? [],
    byTail: tails.filter(({ tail }) => !tail.includes(':')).toSorted((a, b) => (a.tail < b.tail ? -1 : 1)),
    loose: tails.flatMap(({ tail, uid }) => (tail.includes(':') ? [uid] : [])),
  };
}

/**
 * The candidates that a pattern fits, or may fit where it has variables. A name of IAM has no colon after the fifth: what
 * a pattern says there is then all that stands there, and the names that begin as it does lie side by side.
 */
export function* fitting({ byTail, loose }: Candidates, pattern: Pattern): Generator<Uid> {
  const wide = hasVariables(pattern);
  const isWanted = (uid: Uid): boolean => (wide ? fits(pattern.map(asWildcard), uid) : fits(pattern, uid));
  const start = tailStart(pattern);
  for (let at = firstFrom(byTail, start); at < byTail.length; at += 1) {
    const entry = byTail[at];
    if (entry === undefined || !entry.tail.startsWith(start)) break;
    if (isWanted(entry.uid)) yield entry.uid;
  }
  for (const uid of loose) if (isWanted(uid)) yield uid;
}

function asWildcard(part: Pattern[number]): Pattern[number] {
  return typeof part === 'object' && 'key' in part ? EVERYTHING : part;
}

/** The text that the pattern has right after its fifth colon. */
function tailStart(pattern: Pattern): string {
  let colons = 0;
  for (const part of pattern) {
    if (typeof part !== 'string') continue;
    const before = colons;
    colons += part.split(':').length - 1;
    if (colons >= 5)
      return part
        .split(':')
        .slice(5 - before)
        .join(':');
  }
  return '';
}

function firstFrom(byTail: Candidates['byTail'], start: string): number {
  let low = 0;
  let high = byTail.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((byTail[middle]?.tail ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tailOf(uid: Uid): string {
  return uid.split(':').slice(5).join(':');
}

function commonPrefix(first: string, last: string): string {
  let length = 0;
  while (length < first.length && first.charAt(length) === last.charAt(length)) length += 1;
  return first.slice(0, length);
}
