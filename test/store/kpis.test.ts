import { describe, expect, it } from 'vitest';
import { identity } from './records.ts';
import { ALL, kpiOf, owner, read, SCOPE, two, usage } from './kpi-rows.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

describe('a metric', () => {
  it('has no number where there is nothing to measure, and says so', async () => {
    expect(await kpiOf('owned', {})).toBe('there is nothing to measure');
    expect(await kpiOf('coverage', {})).toBe('there is nothing to measure');
  });

  it('has a row for each system and one for all', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir, {
      identities: [identity('a'), identity('g', { system: 'gcp', scopeUid: 'gcp:p' })],
      coverage: ALL,
    });
    const rows = await reading(dataDir, ({ all }) =>
      all(
        "SELECT system, denominator::INT AS n, unknown::INT AS unknown FROM kpis WHERE name = 'orphaned' ORDER BY system NULLS FIRST",
      ),
    );
    expect(rows).toEqual([
      { system: null, n: 1, unknown: 1 },
      { system: 'aws', n: 1, unknown: 0 },
      { system: 'gcp', n: 0, unknown: 1 },
    ]);
  });

  it('does not count people, root users, and what is disabled or the provider’s', async () => {
    const others = [
      identity('p', { class: 'human' }),
      identity('r', { kind: 'root-user' }),
      identity('d', { enabled: false }),
      identity('m', { managedBy: 'provider' }),
    ];
    expect(
      await kpiOf('owned', {
        identities: [...two, ...others],
        owners: [owner('a', 'declared')],
        coverage: ALL,
      }),
    ).toBe('50 (1 of 2, 0, 0)');
  });
});

describe('visibility', () => {
  it('misses what is used or run as and was not collected', async () => {
    expect(await kpiOf('visibility', { identities: two, usages: [usage('gone', {})], coverage: ALL })).toBe(
      '66.67 (2 of 3, 0, 0)',
    );
  });

  it('has no number where identities were not all read', async () => {
    expect(await kpiOf('visibility', { identities: two })).toBe(
      'the identities of 1 scopes were not all read',
    );
  });
});

describe('coverage', () => {
  it('counts feeds of scopes that were read completely', async () => {
    const half = [...read('grants', 'roles'), { ...read('owners')[0]!, status: 'denied' as const }]; // read gives one row a feed
    expect(await kpiOf('coverage', { coverage: half })).toBe('66.67 (2 of 3, 0, 0)');
  });
});

describe('owned', () => {
  it.each([
    ['declared', '50 (1 of 2, 0, 0)', '50 (1 of 2, 0, 0)'],
    ['corroborated', '50 (1 of 2, 0, 0)', '50 (1 of 2, 0, 0)'],
    ['inferred', '0 (0 of 2, 0, 0)', '50 (1 of 2, 0, 0)'],
    ['conflicting', '0 (0 of 1, 1, 0)', '100 (1 of 1, 1, 0)'],
    ['owner-left', '0 (0 of 2, 0, 0)', '100 (2 of 2, 0, 0)'],
    ['orphaned', '0 (0 of 2, 0, 0)', '100 (2 of 2, 0, 0)'],
  ] as const)('and orphaned, of an owner who is %s', async (state, owned, orphaned) => {
    const rows = { identities: two, owners: [owner('a', state)], coverage: ALL };
    expect(await kpiOf('owned', rows)).toBe(owned);
    expect(await kpiOf('orphaned', rows)).toBe(orphaned);
  });

  it('is not known of an identity without owner where owners were not read', async () => {
    const rows = { identities: two, owners: [owner('a', 'declared')], coverage: read('identities') };
    expect(await kpiOf('owned', rows)).toBe('100 (1 of 1, 1, 0)');
  });
});

describe('administrators', () => {
  const admin = (certainty: 'certain' | 'conditional') => ({
    identityUid: 'a',
    capability: 'admin' as const,
    scopeUid: SCOPE,
    certainty,
    via: [],
  });

  it('are those that certainly are; what depends on a condition is not known', async () => {
    expect(
      await kpiOf('standing-administrators', {
        identities: two,
        entitlements: [admin('certain')],
        coverage: ALL,
      }),
    ).toBe('50 (1 of 2, 0, 0)');
    expect(
      await kpiOf('standing-administrators', {
        identities: two,
        entitlements: [admin('conditional')],
        coverage: ALL,
      }),
    ).toBe('0 (0 of 1, 1, 0)');
  });

  it('are not known where grants were not read', async () => {
    expect(
      await kpiOf('standing-administrators', { identities: two, coverage: read('identities', 'roles') }),
    ).toBe('not known for any of 2');
  });

  it('are owned or not apart from all others', async () => {
    const rows = {
      identities: two,
      entitlements: [admin('certain')],
      owners: [owner('b', 'declared')],
      coverage: ALL,
    };
    expect(await kpiOf('owned-administrators', rows)).toBe('0 (0 of 1, 0, 0)');
  });
});
