import type { CollectedRecords, SnapshotRecords } from '#model/record.ts';
import { FEEDS, type Coverage, type Scope } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';

/** The tables that an example can fill: what collectors read, and what access makes of it. */
export type ExampleRecords = CollectedRecords &
  Pick<SnapshotRecords, 'entitlements' | 'edges' | 'drift' | 'waivers'>;

/** Some rows by table; what is left out of a row gets a harmless value. */
export type PartialRows = {
  readonly [T in keyof ExampleRecords]?: readonly Partial<ExampleRecords[T]>[];
};

/** Whole rows by table. */
export type WholeRows = { readonly [T in keyof ExampleRecords]: readonly ExampleRecords[T][] };

const HERE = { system: 'aws', scopeUid: 'aws:111111111111' } as const;

/** What a row says where nobody says anything: an ordinary, enabled object of a customer, of which nothing is known. */
export const HARMLESS: { readonly [T in keyof ExampleRecords]: ExampleRecords[T] } = {
  scopes: {
    uid: '',
    system: 'aws',
    kind: 'account',
    name: '',
    parentUid: null,
    environment: null,
    tags: {},
    raw: null,
  },
  identities: {
    ...HERE,
    uid: '',
    kind: 'iam-role',
    name: '',
    class: 'non-human',
    classReason: 'example',
    managedBy: 'customer',
    enabled: true,
    createdAt: '2020-01-01T00:00:00.000Z',
    tags: {},
    environment: null,
    providerId: null,
    raw: null,
  },
  groups: { ...HERE, uid: '', kind: 'iam-group', name: '', implicit: false, raw: null },
  memberships: { ...HERE, groupUid: '', memberUid: '', memberKind: 'identity' },
  credentials: {
    ...HERE,
    uid: '',
    identityUid: '',
    kind: 'access-key',
    name: '',
    enabled: true,
    createdAt: '2020-01-01T00:00:00.000Z',
    expiresAt: null,
    lastUsedAt: null,
    lastUsedEvidence: 'none',
    raw: null,
  },
  roles: {
    ...HERE,
    uid: '',
    kind: 'managed-policy',
    name: '',
    managedBy: 'customer',
    createdAt: null,
    document: null,
    breadth: 'limited',
    raw: null,
  },
  grants: {
    ...HERE,
    uid: '',
    principalUid: '',
    principalKind: 'identity',
    roleUid: '',
    kind: 'attached-policy',
    state: 'active',
    condition: null,
    resourceUid: null,
    createdAt: null,
    raw: null,
  },
  guardrails: {
    ...HERE,
    uid: '',
    kind: 'permission-boundary',
    targetUid: '',
    roleUid: null,
    document: null,
    raw: null,
  },
  resourcePolicies: { ...HERE, uid: '', resourceUid: '', kind: 'trust', document: null },
  trusts: {
    ...HERE,
    uid: '',
    identityUid: '',
    trusted: '',
    trustedKind: 'account',
    mechanism: 'sts:AssumeRole',
    condition: null,
    external: null,
    certainty: 'certain',
    raw: null,
  },
  usages: {
    ...HERE,
    identityUid: '',
    credentialUid: null,
    subject: 'identity',
    permission: null,
    lastUsedAt: null,
    windowStart: null,
    windowEnd: null,
    source: 'example',
    blindSpots: [],
  },
  owners: { ...HERE, identityUid: '', owner: '', kind: 'team', source: 'example', state: 'declared' },
  workloads: { ...HERE, uid: '', identityUid: '', kind: 'deployment', name: '', environment: null },
  coverage: {
    ...HERE,
    feed: null,
    call: 'example',
    status: 'complete',
    missingPermission: null,
    detail: null,
  },
  entitlements: {
    identityUid: '',
    capability: 'admin',
    scopeUid: HERE.scopeUid,
    certainty: 'certain',
    via: [],
  },
  edges: { fromUid: '', toUid: '', via: 'example', permissions: [], certainty: 'certain', evidence: [] },
  drift: {
    kind: 'entitlement',
    direction: 'gained',
    system: 'aws',
    scopeUid: 'aws:111111111111',
    identityUid: 'arn:aws:iam::111111111111:user/app',
    key: 'data-read on aws:111111111111',
    before: null,
    after: 'certain',
    causes: null,
    baseline: 'baseline.yaml',
    approvedAt: null,
  },
  waivers: {
    id: '',
    ruleId: 'example',
    owner: 'platform',
    approver: 'security',
    ticket: 'T-1',
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-12-31T00:00:00.000Z',
    days: 1,
    maxDays: 30,
    covers: 1,
    ruleJudged: true,
  },
};

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
