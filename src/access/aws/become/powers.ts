import { has } from '#access/permission-set.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Actor } from './actor.ts';
import { bearings, type Bearing } from './bearing.ts';
import { isUniform, within, type Candidates } from './candidates.ts';
import { isNone, madeConditional, NO_TARGETS, targetsOf, type Targets } from './target-list.ts';

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
  /** On this one resource. null: no. */
  readonly on: (actor: Actor, action: string, resource: string, context?: Context) => Held | null;
  readonly among: (actor: Actor, action: string, resources: Candidates, context?: Context) => HeldOn;
  /** What of the actor's policies and limits bears on the action. */
  readonly bearing: (actor: Actor, action: string) => Bearing;
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

  const bearing = (actor: Actor, action: string): Bearing =>
    known.of(actor.view.estate, actor, action.toLowerCase());

  const on: Powers['on'] = (actor, action, resource, context = {}) => {
    const number = awsActionNumber(action);
    if (!has(actor.sets.maybe, number)) return null;
    const about = bearing(actor, action);
    if (has(actor.sets.yes, number)) return { certainty: sureness(actor), evidence: granting(about) };
    return ask(actor, about, action, resource, context);
  };

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
  ): Shared => {
    const named = within(
      resources,
      about.policies.flatMap(({ statements }) => statements),
    );
    const representative = isOneForAll(named, about, resources)
      ? (resources.atMost.certain.uids[0] ?? null)
      : null;
    if (representative === null) {
      if (asked + named.length > budget.questions || listed + named.length > budget.targets)
        return {
          targets: madeConditional(resources.atMost),
          policies: about.policies.map((_, index) => index),
        };
      listed += named.length > FEW ? named.length : 0;
    }
    const certain: Uid[] = [];
    const conditional: Uid[] = [];
    const via = new Set<Uid>();
    for (const resource of representative === null ? named : [representative]) {
      const held = ask(actor, about, action, resource, context);
      if (held === null) continue;
      (held.certainty === 'certain' ? certain : conditional).push(resource);
      for (const grant of held.evidence) via.add(grant);
    }
    const policies = about.policies.flatMap(({ grant }, index) =>
      grant !== null && via.has(grant) ? [index] : [],
    );
    if (representative === null) return { targets: targetsOf(certain, conditional), policies };
    if (certain.length > 0) return { targets: resources.atMost, policies };
    return { targets: conditional.length > 0 ? madeConditional(resources.atMost) : NO_TARGETS, policies };
  };

  return {
    on,
    bearing,
    granting,
    among: (actor, action, resources, context = {}) => {
      const number = awsActionNumber(action);
      if (resources.all.uids.length === 0 || !has(actor.sets.maybe, number)) return HELD_ON_NONE;
      const about = bearing(actor, action);
      if (has(actor.sets.yes, number)) {
        const { atMost } = resources;
        const targets = actor.sets.missing === null ? atMost : madeConditional(atMost);
        return { targets, evidence: granting(about) };
      }
      const personal = resources.isPersonal ? actor.uid : '';
      const key = [resources.id, action, JSON.stringify(context), personal, about.key].join('\n');
      const answer = shared.get(key) ?? settle(actor, about, action, resources, context);
      shared.set(key, answer);
      if (isNone(answer.targets)) return HELD_ON_NONE;
      const evidence = answer.policies.flatMap((index) => about.policies[index]?.grant ?? []);
      return { targets: answer.targets, evidence: [...new Set(evidence)] };
    },
  };
}

/** Whether the answer is the same for all of the candidates, but for what their own policies say of everybody. */
function isOneForAll(named: readonly Uid[], { policies, limits }: Bearing, resources: Candidates): boolean {
  if (named !== resources.all.uids || resources.isPersonal) return false;
  const statements = [...policies.flatMap((policy) => policy.statements), ...limits];
  return statements.every((statement) => isUniform(statement, resources));
}

/** What is allowed whatever the request says, unless a policy that is missing denies it. */
function sureness({ sets }: Actor): Certainty {
  return sets.missing === null ? 'certain' : 'conditional';
}

function granting({ policies }: Bearing): readonly Uid[] {
  return policies.flatMap(({ grant, statements }) =>
    grant !== null && statements.some(({ effect }) => effect !== 'Deny') ? [grant] : [],
  );
}
