import { describe, expect, it } from 'vitest';
import { ALL, credential, kpiOf, read, SCOPE, two, usage } from './kpi-rows.ts';
import { grant } from './records.ts';
import { AS_OF } from './snapshots.ts';

describe('stale', () => {
  it.each([
    ['2025-11-30T12:00:00.000Z', '100 (1 of 1, 1, 0)'],
    ['2025-12-01T12:00:00.000Z', '0 (0 of 1, 1, 0)'],
  ])('is what was last used at %s, where 90 days are the boundary', async (lastUsedAt, said) => {
    expect(
      await kpiOf('stale', { identities: two, usages: [usage('a', { lastUsedAt })], coverage: ALL }),
    ).toBe(said);
  });
});

describe('excess privilege', () => {
  const permission = (name: string, lastUsedAt: string | null) =>
    usage('a', { subject: 'permission', permission: name, lastUsedAt });

  it('is where more than half of the measured permissions are unused', async () => {
    const half = [permission('s3', AS_OF), permission('ec2', null)];
    const rows = { identities: two, grants: [grant('a', 'r')], coverage: ALL };
    expect(await kpiOf('excess-privilege', { ...rows, usages: half })).toBe('0 (0 of 1, 0, 0)');
    expect(await kpiOf('excess-privilege', { ...rows, usages: [...half, permission('kms', null)] })).toBe(
      '100 (1 of 1, 0, 0)',
    );
  });

  it('is not known of who holds something that is not measured', async () => {
    expect(
      await kpiOf('excess-privilege', { identities: two, grants: [grant('a', 'r')], coverage: ALL }),
    ).toBe('not known for any of 1');
  });
});

describe('credentials', () => {
  it('are long-lived where they do not end, or after more than 90 days', async () => {
    const credentials = [
      credential('one'),
      credential('two', { expiresAt: '2026-05-02T12:00:00.000Z' }),
      credential('three', { expiresAt: '2026-05-03T12:00:00.000Z' }),
      credential('over', { expiresAt: '2026-02-02T12:00:00.000Z' }),
    ];
    expect(await kpiOf('long-lived-credentials', { identities: two, credentials, coverage: ALL })).toBe(
      '66.67 (2 of 3, 0, 0)',
    );
  });

  it('have a median age of those whose age is known', async () => {
    const credentials = [
      credential('one'),
      credential('two', { createdAt: '2026-02-11T12:00:00.000Z' }),
      credential('three', { createdAt: null }),
    ];
    expect(await kpiOf('credential-age', { identities: two, credentials, coverage: ALL })).toBe(
      '23 (null of 2, 1, 0)',
    );
  });

  it('leave a gap where they were not read', async () => {
    expect(await kpiOf('long-lived-credentials', { identities: two, coverage: read('identities') })).toBe(
      'not read in 1 scopes',
    );
  });

  it('of the long-lived kind keep an identity from being federated', async () => {
    const trust = (identityUid: string) => ({
      uid: `t-${identityUid}`,
      system: 'aws' as const,
      scopeUid: SCOPE,
      identityUid,
      trusted: 'x',
      trustedKind: 'service' as const,
      mechanism: 'sts:AssumeRole',
      condition: null,
      external: null,
      certainty: 'certain' as const,
      raw: null,
    });
    const rows = {
      identities: two,
      trusts: [trust('a'), trust('b')],
      credentials: [credential('one')],
      coverage: ALL,
    };
    expect(await kpiOf('federated', rows)).toBe('50 (1 of 2, 0, 0)');
  });
});
