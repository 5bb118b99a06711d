import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { KeyLookup } from '../../condition/key-value.ts';
import { ADMIN_ACTIONS, isAdministrator } from '../../entitlements.ts';
import { emptyPrincipalSets } from '../../sets/principal-sets.ts';
import type { Statement } from '../../statement.ts';
import type { Actor } from './actor.ts';
import { bearings, type Bearing } from './bearing.ts';
import type { Candidates } from './candidates.ts';
import { allowsAll } from './division.ts';
import { settling, type Budget, type Settled } from './settle.ts';
import { isNone, NO_TARGETS, type Targets } from './target-list.ts';

export type Certainty = BecomeEdge['certainty'];

/** Stands for the actions that nobody knows yet: only a policy that takes them in makes an administrator. */
const UNKNOWN_ACTION = 'unknown:action';
const DECIDING = [...ADMIN_ACTIONS, UNKNOWN_ACTION];

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
  /** How surely the actor administers its account; null: it does not. */
  readonly administers: (actor: Actor) => Certainty | null;
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

/** Powers that remember their answers. */
export function powersOf(budget: Budget): Powers {
  const statements = bearings();
  const settle = settling(budget);
  const shared = new Map<string, Settled>();

  let current: Actor | null = null;
  const ofCurrent = new Map<string, Bearing>();
  /** Remembered for the actor at hand, who is asked about many things. */
  const bearing = (actor: Actor, action: string): Bearing => {
    if (actor !== current) ofCurrent.clear();
    current = actor;
    const about = ofCurrent.get(action) ?? statements.of(actor, action);
    ofCurrent.set(action, about);
    return about;
  };

  const on: Powers['on'] = (actor, action, resource, context = {}) =>
    ask(actor, bearing(actor, action), action, resource, context);

  const mayHold: Powers['mayHold'] = ({ kind, policies }, action) =>
    kind === 'root' ||
    policies.some(({ document }) => document !== null && statements.allows(document, action));

  const sets = emptyPrincipalSets();
  const administration = new Map<string, Certainty | null>();
  const administers: Powers['administers'] = (actor) => {
    if (!mayHold(actor, UNKNOWN_ACTION)) return null;
    const key = DECIDING.map((action) => bearing(actor, action).key).join('\n');
    const known = administration.get(key);
    if (known !== undefined) return known;
    const filled = actor.view.questions.sets(actor.uid, sets);
    const found = filled === null ? null : isAdministrator(filled);
    administration.set(key, found);
    return found;
  };

  const ask = (
    { uid, view }: Actor,
    about: Bearing,
    action: string,
    resource: string,
    context: Context,
  ): Held | null => {
    const { verdict, via } = view.questions.may({ principal: uid, action, resource, context });
    if (verdict === 'denied') return null;
    const certainty = verdict === 'allowed' ? 'certain' : 'conditional';
    if (verdict !== 'unknown') return { certainty, evidence: via };
    // Something that decides is missing: what is known to allow may yet be denied, what is not is nobody's.
    const sound = about.policies.flatMap(({ grant, isSound }) => (isSound ? (grant ?? []) : []));
    return sound.some((grant) => via.includes(grant)) ? { certainty, evidence: via } : null;
  };

  return {
    mayHold,
    administers,
    on,
    bearing,
    keyFor: statements.keyFor,
    contentKey: statements.contentKey,
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
        about.policies.some((policy) =>
          policy.statements.some((statement) => allowsAll(statement, resources)),
        );
      const bears = isFree ? `free ${about.denialKey}` : about.key;
      const key = [resources.id, action, JSON.stringify(context), own, bears].join('\n');
      const answer =
        shared.get(key) ??
        settle((one) => ask(actor, about, action, one, context), about, resources, !isNamed);
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
