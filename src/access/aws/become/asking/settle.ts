import type { Uid } from '#model/system.ts';
import type { Bearing } from './bearing.ts';
import type { Candidates } from './candidates.ts';
import { allowsAll, setApart, within } from './division.ts';
import type { Held } from './powers.ts';
import { asSureAs, madeConditional, targetsOf, type Targets } from './target-list.ts';

/** What may be spent before answers become rough: everything that may be so is then called conditional. */
export interface Budget {
  /** How many single questions may be asked. */
  readonly questions: number;
  /** How many targets the lists may hold in all; what no statement sets apart is one list for everybody. */
  readonly targets: number;
}

/** The answer for all who share a bearing: which targets, and by which of its policies. */
export interface Settled {
  readonly targets: Targets;
  readonly policies: readonly number[];
}

/**
 * Finds out on which candidates something is allowed.
 * @param ask asks the engine about one of them
 * @param isAlike whether the candidates' own policies treat whoever asks as they treat others with the same bearing
 */
export type Settle = (
  ask: (resource: Uid) => Held | null,
  about: Bearing,
  resources: Candidates,
  isAlike: boolean,
) => Settled;

/** Lists up to this long are not counted: every principal may have one. */
const FEW = 8;

/** Asks about the candidates that a statement sets apart, and about one of the others, who stands for them. */
export function settling(budget: Budget): Settle {
  let asked = 0;
  let listed = 0;
  return (ask, about, resources, isAlike) => {
    const via = new Set<Uid>();
    const found = { certain: new Array<Uid>(), conditional: new Array<Uid>() };
    const test = (resource: Uid): Held['certainty'] | null => {
      const held = ask(resource);
      for (const grant of held?.evidence ?? []) via.add(grant);
      return held?.certainty ?? null;
    };
    const settled = (targets: Targets): Settled => ({
      targets,
      policies: about.policies.flatMap(({ grant }, index) =>
        grant !== null && via.has(grant) ? [index] : [],
      ),
    });
    const rough = (): Settled => ({
      targets: madeConditional(resources.atMost),
      policies: about.policies.map((_, index) => index),
    });

    const { single, others } = divide(about, resources, isAlike);
    asked += single.length + 1;
    if (asked > budget.questions) return rough();
    for (const resource of single) {
      const certainty = test(resource);
      if (certainty !== null) found[certainty].push(resource);
    }
    const standIn = others === null ? null : test(others.standIn);
    if (others !== null && standIn !== null) {
      const rest = asSureAs(resources.atMost, standIn);
      if (single.length === 0) return settled(rest);
      found.certain.push(...rest.certain.uids.filter((uid) => !others.apart.has(uid)));
      found.conditional.push(...rest.conditional.uids.filter((uid) => !others.apart.has(uid)));
    }
    const size = found.certain.length + found.conditional.length;
    if (size > FEW) listed += size;
    return listed > budget.targets ? rough() : settled(targetsOf(found.certain, found.conditional));
  };
}

/** Those to ask about one by one, and who stands for all others; null: nobody can. */
function divide(
  { policies, limits }: Bearing,
  resources: Candidates,
  isAlike: boolean,
): {
  readonly single: readonly Uid[];
  readonly others: { readonly standIn: Uid; readonly apart: ReadonlySet<Uid> } | null;
} {
  if (!resources.needsPermission) return { single: resources.all.uids, others: null };
  const statements = policies.flatMap((policy) => policy.statements);
  const isFree = statements.some((statement) => allowsAll(statement, resources));
  const deciding = isFree ? statements.filter(({ effect }) => effect !== 'Allow') : statements;
  const apart = isAlike ? setApart(resources, [...deciding, ...limits]) : null;
  const standIn = apart === null ? undefined : resources.atMost.certain.uids.find((uid) => !apart.has(uid));
  return apart === null || standIn === undefined
    ? { single: within(resources, statements), others: null }
    : { single: [...apart], others: { standIn, apart } };
}
