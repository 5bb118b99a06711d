import { FEEDS, type Coverage, type Scope } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';
import { HARMLESS, type ExampleRecords } from './harmless-rows.ts';

/** Some rows by table; what is left out of a row gets a harmless value. */
export type PartialRows = {
  readonly [T in keyof ExampleRecords]?: readonly Partial<ExampleRecords[T]>[];
};

/** Whole rows by table. */
export type WholeRows = { readonly [T in keyof ExampleRecords]: readonly ExampleRecords[T][] };

/** The tables that an example can fill. */
export const EXAMPLE_TABLES = Object.keys(HARMLESS) as (keyof ExampleRecords)[]; // the keys of a closed record

/**
 * Completes rows to a small world: harmless values for what is left out; the system and scope that an AWS or Kubernetes
 * uid names; a scope row for every scope; and coverage that calls every feed complete where the rows say nothing of it.
 */
export function completeRows(given: PartialRows): WholeRows {
  function complete<T extends keyof ExampleRecords>(table: T): ExampleRecords[T][] {
    return (given[table] ?? []).map((row: Partial<ExampleRecords[T]>) => ({
      ...HARMLESS[table],
      ...homeOf(row),
      ...row,
    }));
  }
  const whole: WholeRows = {
    scopes: complete('scopes'),
    identities: complete('identities'),
    groups: complete('groups'),
    memberships: complete('memberships'),
    credentials: complete('credentials'),
    roles: complete('roles'),
    grants: complete('grants'),
    guardrails: complete('guardrails'),
    resourcePolicies: complete('resourcePolicies'),
    trusts: complete('trusts'),
    usages: complete('usages'),
    owners: complete('owners'),
    workloads: complete('workloads'),
    loggedWrites: complete('loggedWrites'),
    coverage: complete('coverage'),
    entitlements: complete('entitlements'),
    edges: complete('edges'),
    drift: complete('drift'),
    waivers: complete('waivers'),
  };
  const homes = new Map(
    EXAMPLE_TABLES.filter(isPlaced)
      .flatMap((table): readonly { system: System | null; scopeUid: Uid | null }[] => whole[table])
      .flatMap(({ system, scopeUid }) =>
        system === null || scopeUid === null ? [] : [[scopeUid, system] as const],
      ),
  );
  for (const { uid, system } of whole.scopes) homes.set(uid, system);
  return {
    ...whole,
    scopes: [...whole.scopes, ...missingScopes(homes, whole.scopes)],
    coverage: [...whole.coverage, ...missingCoverage(homes, whole)],
  };
}

/** Tables whose rows say which system and scope they belong to. */
function isPlaced(
  table: keyof ExampleRecords,
): table is Exclude<keyof ExampleRecords, 'scopes' | 'entitlements' | 'edges' | 'drift' | 'waivers'> {
  return !['scopes', 'entitlements', 'edges', 'drift', 'waivers'].includes(table);
}

/** Where a row belongs, read off the first of its uids that says so. */
function homeOf(row: Readonly<Record<string, unknown>>): { system: System; scopeUid: Uid } | null {
  for (const value of [
    row['scopeUid'],
    row['uid'],
    row['identityUid'],
    row['principalUid'],
    row['memberUid'],
  ]) {
    const [, cluster] = /^(k8s:[^:]+)/u.exec(String(value)) ?? [];
    if (cluster !== undefined) return { system: 'kubernetes', scopeUid: cluster };
    const [, account] = /^(?:arn:aws:iam::|aws:)(\d{12})/u.exec(String(value)) ?? [];
    if (account !== undefined) return { system: 'aws', scopeUid: `aws:${account}` };
  }
  return null;
}

function missingScopes(homes: ReadonlyMap<Uid, System>, scopes: readonly Scope[]): Scope[] {
  const known = new Set(scopes.map(({ uid }) => uid));
  return [...homes]
    .filter(([uid]) => !known.has(uid))
    .map(([uid, system]) => ({ ...HARMLESS.scopes, uid, system, name: uid }));
}

function missingCoverage(homes: ReadonlyMap<Uid, System>, { coverage, scopes }: WholeRows): Coverage[] {
  const inner = new Set(scopes.filter(({ parentUid }) => parentUid !== null).map(({ uid }) => uid));
  const said = new Set(coverage.map(({ scopeUid, feed }) => `${feed} ${scopeUid}`));
  return [...homes]
    .filter(([uid]) => !inner.has(uid))
    .flatMap(([scopeUid, system]) => FEEDS.map((feed) => ({ ...HARMLESS.coverage, system, scopeUid, feed })))
    .filter(({ scopeUid, feed }) => !said.has(`${feed} ${scopeUid}`));
}
