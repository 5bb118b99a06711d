import { describe, expect, it } from 'vitest';
import { FEEDS } from '#model/scope.ts';
import {
  ACCOUNT,
  details,
  DETAILS,
  importFiles,
  only,
  policy,
  REPORT,
  role,
  statuses,
  user,
} from './importing.ts';
import { reportOf, ROOT } from './report-lines.ts';

describe('the coverage of an account', () => {
  it('has a row for every feed, and says of what is missing which command would supply it', async () => {
    const rows = await importFiles({ 'd.json': details({ users: [user('u')], roles: [role('r')] }) });
    const coverage = rows('coverage');
    expect(new Set(coverage.map(({ feed }) => feed))).toEqual(new Set(FEEDS));
    expect(new Set(coverage.map(({ scopeUid }) => scopeUid))).toEqual(new Set([`aws:${ACCOUNT}`]));
    for (const { status, detail } of coverage)
      expect(status === 'complete' || (detail ?? '') !== '').toBe(true);
    for (const feed of ['identities', 'groups', 'roles', 'grants', 'trusts', 'owners'] as const) {
      expect(statuses(rows, feed)).toEqual({ [DETAILS]: 'complete' });
    }
    expect(statuses(rows, 'guardrails')).toEqual({
      [DETAILS]: 'complete',
      'organizations:ListPolicies': 'skipped',
    });
    expect(statuses(rows, 'credentials')).toMatchObject({ [REPORT]: 'skipped' });
    expect(statuses(rows, 'usages')).toEqual({
      [DETAILS]: 'complete',
      [REPORT]: 'skipped',
      'iam:GetServiceLastAccessedDetails': 'skipped',
    });
  });

  it('of which only a credential report was given lacks all that comes with authorization details', async () => {
    const rows = await importFiles({ 'r.csv': reportOf(ROOT, { user: 'u' }) });
    for (const feed of ['identities', 'groups', 'roles', 'grants', 'trusts', 'guardrails'] as const) {
      expect(statuses(rows, feed)[DETAILS]).toBe('skipped');
    }
    expect(statuses(rows, 'credentials')[REPORT]).toBe('complete');
    expect(statuses(rows, 'usages')).toMatchObject({ [DETAILS]: 'skipped', [REPORT]: 'complete' });
  });

  it('of which only some lists were given names the others', async () => {
    const rows = await importFiles({ 'd.json': { RoleDetailList: [role('r')] } });
    expect(statuses(rows, 'identities')[DETAILS]).toBe('partial');
    expect(statuses(rows, 'grants')[DETAILS]).toBe('partial');
    expect(statuses(rows, 'groups')[DETAILS]).toBe('skipped');
    expect(statuses(rows, 'trusts')[DETAILS]).toBe('complete');
    const identities = rows('coverage').filter(({ feed }) => feed === 'identities');
    expect(only(identities).detail).toContain('the export has no UserDetailList');
  });

  it('says whether the use of roles was told', async () => {
    const told = role('told');
    const untold = role('untold', { RoleLastUsed: undefined });
    const statusOf = async (...roles: ReturnType<typeof role>[]): Promise<string | undefined> =>
      statuses(await importFiles({ 'd.json': details({ roles }) }), 'usages')[DETAILS];
    expect(await statusOf(told)).toBe('complete');
    expect(await statusOf(untold)).toBe('skipped');
    expect(await statusOf(told, untold)).toBe('partial');
  });

  it('misses owners where an export is older than tags', async () => {
    const rows = await importFiles({ 'd.json': details({ users: [user('u', { Tags: undefined })] }) });
    expect(statuses(rows, 'owners')[DETAILS]).toBe('skipped');
  });

  it('counts users that a credential report does not have', async () => {
    const rows = await importFiles({
      'd.json': details({ users: [user('u'), user('v')] }),
      'r.csv': reportOf({ user: 'u' }),
    });
    expect(statuses(rows, 'credentials')[REPORT]).toBe('partial');
  });

  it('knows the account of a file with nothing but policies', async () => {
    const rows = await importFiles({
      'd.json': { Policies: [policy(`arn:aws:iam::${ACCOUNT}:policy/P`, { Statement: [] })] },
    });
    expect(rows('scopes').map(({ uid }) => uid)).toEqual([`aws:${ACCOUNT}`, 'aws:aws']);
    expect(statuses(rows, 'roles')[DETAILS]).toBe('complete');
  });
});
