import type { Credential } from '#model/credential.ts';
import type { Kpi, KpiName } from '#model/kpi.ts';
import type { Owner } from '#model/owner.ts';
import { FEEDS, type Coverage, type Feed } from '#model/scope.ts';
import type { Usage } from '#model/usage.ts';
import { identity } from './records.ts';
import { AS_OF, dataFolder, publish, reading } from './snapshots.ts';

export type Rows = Parameters<typeof publish>[1];

export const SCOPE = 'aws:111111111111';

/** `value (numerator of denominator, unknown, gaps)` of one metric over all systems, or why there is none. */
export async function kpiOf(name: KpiName, rows: Rows): Promise<string> {
  const dataDir = await dataFolder();
  await publish(dataDir, rows);
  const [kpi] = await reading(dataDir, ({ all }) =>
    all<Kpi>('FROM kpis WHERE name = $name AND system IS NULL', { name }),
  );
  if (kpi === undefined) return 'no row';
  const { value, reason, numerator, denominator, unknown, gaps } = kpi;
  return value === null
    ? (reason ?? 'no reason')
    : `${value} (${numerator} of ${denominator}, ${unknown}, ${gaps})`;
}

export const read = (...feeds: Feed[]): Coverage[] =>
  feeds.map((feed) => ({
    system: 'aws',
    scopeUid: SCOPE,
    feed,
    call: 'x',
    status: 'complete',
    missingPermission: null,
    detail: null,
  }));
export const ALL = read(...FEEDS);
export const owner = (identityUid: string, state: Owner['state']): Owner => ({
  system: 'aws',
  scopeUid: SCOPE,
  identityUid,
  owner: 'shop',
  kind: 'team',
  source: 'tag:owner',
  state,
});
export const usage = (identityUid: string, more: Partial<Usage>): Usage => ({
  system: 'aws',
  scopeUid: SCOPE,
  identityUid,
  credentialUid: null,
  subject: 'identity',
  permission: null,
  lastUsedAt: null,
  windowStart: '2025-01-01T00:00:00.000Z',
  windowEnd: AS_OF,
  source: 'x',
  blindSpots: [],
  ...more,
});
export const credential = (uid: string, more: Partial<Credential> = {}): Credential => ({
  uid,
  system: 'aws',
  scopeUid: SCOPE,
  identityUid: 'a',
  kind: 'access-key',
  name: uid,
  enabled: true,
  createdAt: '2026-02-01T12:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  lastUsedEvidence: 'none',
  raw: null,
  ...more,
});
export const two = [identity('a'), identity('b')];
