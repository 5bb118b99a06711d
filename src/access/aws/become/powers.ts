import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import type { Statement } from '../statement.ts';
import type { Actor } from './actor.ts';
import { bearings, type Bearing } from './bearing.ts';
import type { Candidates } from './candidates.ts';
import { allowsAll, setApart, within } from './division.ts';
import { asSureAs, isNone, madeConditional, NO_TARGETS, targetsOf, type Targets } from './target-list.ts';

export type Certainty = BecomeEdge['certainty'];

/** The values of condition keys that a request would carry. */
export type Context = Readonly<Record<string, readonly string[]>>;

/** How surely somebody may do something, and the grants that say so. */
export interface Held {
  readonly certainty: Certainty;
  readonly evidence: readonly Uid[];
}

/** On which of the candidates somebody may do something, and the grants that say so. */
export interface HeldOn {
  readonly targets: Targets;
  readonly evidence: readonly Uid[];
}

export const HELD_ON_NONE: HeldOn = { targets: NO_TARGETS, evidence: [] };

/** What actors may do. Answers are shared between all to whom the same statements apply. */
export interface Powers {
  /** Whether a policy of the actor's allows the action on anything, whatever else says: asked before the rest. */
  readonly mayHold: (actor: Actor, action: string) => boolean;
  /** On this one resource. null: no. */
  readonly on: (actor: Actor, action: string, resource: string, context?: Context) => Held | null;
  readonly among: (actor: Actor, action: string, resources: Candidates, context?: Context) => HeldOn;
  /** What of the actor's policies and limits bears on the action. */
  readonly bearing: (actor: Actor, action: string) => Bearing;
  /** Two principals with the same key are the same to all of the statements. */
  readonly keyFor: (statements: readonly Statement[], lookUp: KeyLookup) => string;
  /** Statements with the same key say the same, but for their actions. */
  readonly contentKey: (statements: readonly Statement[]) => string;
  /** The grants of a bearing that allow anything. */
  readonly granting: (bearing: Bearing) => readonly Uid[];
}

/** Lists up to this long are not counted: every principal may have one. */
const FEW = 8;

/** The answer to one question for all who share a bearing: which targets, and by which of its policies. */
interface Shared {
  readonly targets: Targets;
  readonly policies: readonly number[];
}

/** What may be spent before answers become rough: everything that may be so is then called conditional. */
export interface Budget {
  /** How many single questions may be asked. */
  readonly questions: number;
  /** How many targets the lists may hold in all that no two principals share. */
  readonly targets: number;
}

/** Powers that remember their answers. */
export function powersOf(budget: Budget): Powers {
  const known = bearings();
  const shared = new Map<string, Shared>();
  let asked = 0;
  let listed = 0;

  let current: Actor | null = null;
  const ofCurrent = new Map<string, Bearing>();
  /** Remembered for the actor at hand, who is asked about many things. */
  const bearing = (actor: Actor, action: string): Bearing => {
    if (actor !== current) ofCurrent.clear();
    current = actor;
    const about = ofCurrent.get(action) ?? known.of(actor, action);
    ofCurrent.set(action, about);
    return about;
  };

  const on: Powers['on'] = (actor, action, resource, context = {}) => {
    return ask(actor, bearing(actor, action), action, resource, context);
  };

  const mayHold: Powers['mayHold'] = ({ kind, policies }, action) =>
    kind === 'root' || policies.some(({ document }) => document !== null && known.allows(document, action));

  const ask = (
    { uid, view }: Actor,
    about: Bearing,
    action: string,
    resource: string,
    context: Context,
  ): Held | null => {
    asked += 1;
    const { verdict, via } = view.questions.may({ principal: uid, action, resource, context });
    if (verdict === 'denied') return null;
    const certainty = verdict === 'allowed' ? 'certain' : 'conditional';
    if (verdict !== 'unknown') return { certainty, evidence: via };
    // Something that decides is missing: what is known to allow may yet be denied, what is not is nobody's.
    const sound = about.policies.flatMap(({ grant, isSound }) => (isSound ? (grant ?? []) : []));
    return sound.some((grant) => via.includes(grant)) ? { certainty, evidence: via } : null;
  };

  const settle = (
    actor: Actor,
    about: Bearing,
    action: string,
    resources: Candidates,
    context: Context,
    isAlike: boolean,
  ): Shared => {
    const all = about.policies.flatMap(({ statements }) => statements);
    const isFree = all.some((statement) => allowsAll(statement, resources));
    const bearingOn = isFree ? all.filter(({ effect }) => effect !== 'Allow') : all;
    const apart =
      isAlike && resources.needsPermission ? setApart(resources, [...bearingOn, ...about.limits]) : null;
    const first = apart === null ? undefined : resources.atMost.certain.uids.find((uid) => !apart.has(uid));
    const named =
      apart !== null && first !== undefined
        ? [...apart]
        : resources.needsPermission
          ? within(resources, all)
          : resources.all.uids;
    const certain: Uid[] = [];
    const conditional: Uid[] = [];
    const via = new Set<Uid>();
    const policies = (): number[] =>
      about.policies.flatMap(({ grant }, index) => (grant !== null && via.has(grant) ? [index] : []));
    const test = (resource: Uid): Certainty | null => {
      const held = ask(actor, about, action, resource, context);
      for (const grant of held?.evidence ?? []) via.add(grant);
      return held?.certainty ?? null;
    };
    if (asked + named.length > budget.questions)
      return {
        targets: madeConditional(resources.atMost),
        policies: about.policies.map((_, index) => index),
      };
    const others = first === undefined ? null : test(first);
    if (others !== null && apart?.size === 0) {
      return { targets: asSureAs(resources.atMost, others), policies: policies() };
    }
    for (const resource of named) {
      const certainty = test(resource);
      if (certainty !== null) (certainty === 'certain' ? certain : conditional).push(resource);
    }
    if (others !== null) {
      const rest = asSureAs(resources.atMost, others);
      certain.push(...rest.certain.uids.filter((uid) => apart?.has(uid) !== true));
      conditional.push(...rest.conditional.uids.filter((uid) => apart?.has(uid) !== true));
    }
    const size = certain.length + conditional.length;
    if (size > FEW && listed + size > budget.targets)
      return { targets: madeConditional(resources.atMost), policies: policies() };
    listed += size > FEW ? size : 0;
    return { targets: targetsOf(certain, conditional), policies: policies() };
  };

  return {
    mayHold,
    on,
    bearing,
    keyFor: known.keyFor,
    contentKey: known.contentKey,
    granting,
    among: (actor, action, resources, context = {}) => {
      if (resources.all.uids.length === 0) return HELD_ON_NONE;
      const isOpen = resources.always.length > 0 || !resources.needsPermission;
      if (!isOpen && !mayHold(actor, action)) return HELD_ON_NONE;
      const about = bearing(actor, action);
      const isNamed = resources.mayName(actor);
      const own = isNamed ? actor.uid : resources.keyFor(actor);
      const isFree =
        !resources.needsPermission ||
        about.policies.some(({ statements }) =>
          statements.some((statement) => allowsAll(statement, resources)),
        );
      const bears = isFree ? `free ${about.denialKey}` : about.key;
      const key = [resources.id, action, JSON.stringify(context), own, bears].join('\n');
      const answer = shared.get(key) ?? settle(actor, about, action, resources, context, !isNamed);
      shared.set(key, answer);
      if (isNone(answer.targets)) return HELD_ON_NONE;
      // Whoever is free shares the answer with others whose policies are different ones.
      const evidence = isFree
        ? granting(about)
        : answer.policies.flatMap((index) => about.policies[index]?.grant ?? []);
      return { targets: answer.targets, evidence: [...new Set(evidence)] };
    },
  };
}

function granting({ policies }: Bearing): readonly Uid[] {
  return policies.flatMap(({ grant, statements }) =>
    grant !== null && statements.some(({ effect }) => effect !== 'Deny') ? [grant] : [],
  );
}
