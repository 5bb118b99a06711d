import type { AccessRecords } from '../engine.ts';
import type { Uid } from '#model/system.ts';

/** Each cluster's rows, by the cluster's uid, in the order of the uids. */
type ClusterRecords = ReadonlyMap<Uid, AccessRecords>;

/** Splits the rows of Kubernetes by cluster. Rows of other systems, and of clusters without a scope, are left out. */
export function splitByCluster(records: AccessRecords): ClusterRecords {
  const uids = records.scopes.filter(({ system, kind }) => system === 'kubernetes' && kind === 'cluster');
  const clusterOf = clusterFinder(uids.map(({ uid }) => uid));
  const split = new Map<Uid, MutableRecords>();
  for (const { uid } of uids.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))) split.set(uid, emptyRecords());

  // Every cluster's uid is a key of `split`: `clusterOf` knows no others.
  const rowsOf = (uid: Uid | null): MutableRecords | undefined => split.get(clusterOf(uid ?? '') ?? '');
  for (const row of records.scopes) rowsOf(row.uid)?.scopes.push(row);
  for (const row of records.identities) rowsOf(row.scopeUid)?.identities.push(row);
  for (const row of records.groups) rowsOf(row.scopeUid)?.groups.push(row);
  for (const row of records.memberships) rowsOf(row.scopeUid)?.memberships.push(row);
  for (const row of records.credentials) rowsOf(row.identityUid)?.credentials.push(row);
  for (const row of records.roles) rowsOf(row.scopeUid)?.roles.push(row);
  for (const row of records.grants) rowsOf(row.scopeUid)?.grants.push(row);
  for (const row of records.guardrails) rowsOf(row.scopeUid)?.guardrails.push(row);
  for (const row of records.trusts) rowsOf(row.scopeUid)?.trusts.push(row);
  for (const row of records.workloads) rowsOf(row.scopeUid)?.workloads.push(row);
  for (const row of records.coverage) rowsOf(row.scopeUid)?.coverage.push(row);
  return split;
}

/** Finds the cluster that a uid lies in: a cluster's name may hold colons, so the longest that fits. */
export function clusterFinder(clusterUids: Iterable<Uid>): (uid: Uid) => Uid | null {
  const longestFirst = [...clusterUids].toSorted((a, b) => b.length - a.length);
  return (uid) => longestFirst.find((cluster) => uid === cluster || uid.startsWith(`${cluster}:`)) ?? null;
}

type MutableRecords = { -readonly [Table in keyof AccessRecords]: AccessRecords[Table][number][] };

function emptyRecords(): MutableRecords {
  return {
    scopes: [],
    identities: [],
    groups: [],
    memberships: [],
    credentials: [],
    roles: [],
    grants: [],
    guardrails: [],
    resourcePolicies: [],
    trusts: [],
    workloads: [],
    coverage: [],
  };
}
