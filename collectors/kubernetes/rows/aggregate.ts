import { z } from 'zod';
import type { Json } from '#model/system.ts';
import { labelTest, type LabelTest } from './label-selector.ts';

/** What of a ClusterRole takes part in aggregation. */
export interface AggregateRole {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly Json[];
  /** null: the role's rules are its own. */
  readonly aggregationRule: Json;
  /** A server's controller has filled in the rules already. */
  readonly isStored: boolean;
}

/** The rules that aggregation gives a ClusterRole; `unclear`: its selectors are malformed, or the work has no end. */
export type Aggregated = { readonly rules: readonly Json[] } | { readonly unclear: string };

/**
 * Works out what the aggregation controller would write into each ClusterRole that has an aggregation rule
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles): the rules of every other
 * ClusterRole that one of its selectors selects, selector by selector, by name, each rule once. What was typed into an
 * aggregated role does not count. Roles may be built from aggregated ones: those of manifests are worked out together to
 * their fixpoint, those of a server count as stored.
 */
export function aggregate(roles: readonly AggregateRole[]): ReadonlyMap<string, Aggregated> {
  const byName = roles.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const known = byName.map(({ rules }) => new Map(rules.map((rule) => [ruleKey(rule), rule])));
  const budget: Budget = { left: MAX_WORK };
  const result = new Map<string, Aggregated>();
  const parents: Parent[] = [];
  for (const [index, { name, aggregationRule, isStored }] of byName.entries()) {
    if (aggregationRule === null) continue;
    const selectors = selectorsOf(aggregationRule);
    if (selectors === null) result.set(name, { unclear: 'its aggregation rule is malformed' });
    else parents.push({ index, isStored, children: childrenOf(index, selectors, byName, budget) });
  }

  const open = parents.filter(({ isStored }) => !isStored);
  for (const { index } of open) known[index] = new Map();
  while (open.some((parent) => grows(parent, known, budget)));

  for (const parent of parents) {
    const rules = rulesOf(parent, known, budget);
    const name = byName[parent.index]?.name ?? '';
    result.set(name, budget.left < 0 ? { unclear: TOO_MUCH } : { rules: [...rules.values()] });
  }
  return result;
}

type Rules = ReadonlyMap<string, Json>;

interface Parent {
  /** Its place among the roles. */
  readonly index: number;
  readonly isStored: boolean;
  /** Whom it is built from, in the order of its selectors and then of names; more than once, where several select it. */
  readonly children: readonly number[];
}

interface Budget {
  left: number;
}

/** Thousands of roles that all aggregate each other are no one's cluster. */
const MAX_WORK = 2_000_000;
const TOO_MUCH = 'there are too many aggregated ClusterRoles to work them out';

function childrenOf(
  parent: number,
  selectors: readonly LabelTest[],
  roles: readonly AggregateRole[],
  budget: Budget,
): readonly number[] {
  budget.left -= selectors.length * roles.length;
  if (budget.left < 0) return [];
  return selectors.flatMap((selects) =>
    roles.flatMap(({ labels }, child) => (child !== parent && selects(labels) ? [child] : [])),
  );
}

function rulesOf({ children }: Parent, known: readonly Rules[], budget: Budget): Rules {
  const rules = new Map<string, Json>();
  for (const child of children) {
    budget.left -= known[child]?.size ?? 0;
    if (budget.left < 0) break;
    for (const [key, rule] of known[child] ?? []) if (!rules.has(key)) rules.set(key, rule);
  }
  return rules;
}

/** Brings one role up to date; whether it has more rules than before. */
function grows(parent: Parent, known: Rules[], budget: Budget): boolean {
  const before = known[parent.index]?.size ?? 0;
  const rules = rulesOf(parent, known, budget);
  known[parent.index] = rules;
  return rules.size > before;
}

/** Whether two lists hold the same rules, in whatever order. */
export function sameRules(some: readonly Json[], others: readonly Json[]): boolean {
  const keys = new Set(some.map(ruleKey));
  const otherKeys = new Set(others.map(ruleKey));
  return keys.size === otherKeys.size && [...keys].every((key) => otherKeys.has(key));
}

/** The same for equal rules: members in any order, an empty list the same as none. */
function ruleKey(rule: Json): string {
  const lists = ruleLists.safeParse(rule);
  if (!lists.success) return JSON.stringify(rule);
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = lists.data;
  return JSON.stringify(
    [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map((list) => list ?? []),
  );
}

const list = z.array(z.unknown()).nullish();
const ruleLists = z.object({
  verbs: list,
  apiGroups: list,
  resources: list,
  resourceNames: list,
  nonResourceURLs: list,
});

const ruleSchema = z.object({ clusterRoleSelectors: z.array(z.unknown()).nullish() });

function selectorsOf(aggregationRule: Json): readonly LabelTest[] | null {
  const parsed = ruleSchema.safeParse(aggregationRule);
  const tests = parsed.success ? (parsed.data.clusterRoleSelectors ?? []).map(labelTest) : [null];
  const sound = tests.filter((test) => test !== null);
  return sound.length === tests.length ? sound : null;
}
