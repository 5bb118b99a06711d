import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importPaths, only, type RowsOf } from './importing.ts';

const DATA = join(process.cwd(), '../shared/data/aws');
const isMissing = !existsSync(DATA);

describe.skipIf(isMissing)('the cloudsplaining example (skipped where ../shared/data is missing)', () => {
  const load = (): Promise<RowsOf> => importPaths([join(DATA, 'cloudsplaining-example')]);

  it('is read to the last user, group, role and policy, without a complaint', async () => {
    const rows = await load();
    expect(count(rows('identities').map(({ kind }) => kind))).toEqual({ 'iam-user': 44, 'iam-role': 78 });
    expect(rows('groups')).toHaveLength(5);
    const managed = rows('roles').filter(({ kind }) => kind === 'managed-policy');
    expect(managed).toHaveLength(84);
    expect(managed.filter(({ document, breadth }) => document === null || breadth === null)).toEqual([]);
    expect(rows('coverage').filter(({ status }) => status === 'partial' || status === 'failed')).toEqual([]);
  });

  it('is of two accounts', async () => {
    const accounts = (await load())('scopes').filter(({ kind }) => kind === 'account');
    expect(accounts.map(({ uid }) => uid)).toEqual(['aws:200611803367', 'aws:012345678901']);
  });

  it('has a use, or none within the window, for every role', async () => {
    const usages = (await load())('usages');
    expect(usages).toHaveLength(78);
    expect(usages.filter(({ lastUsedAt }) => lastUsedAt !== null)).toHaveLength(26);
  });

  it('has the roles of AWS marked, and outsiders told from its own accounts', async () => {
    const rows = await load();
    const provider = rows('identities').filter(({ managedBy }) => managedBy === 'provider');
    expect(count(provider.map(({ classReason }) => classReason))).toEqual({
      'service-linked role': 8,
      'permission set of IAM Identity Center': 2,
    });
    const external = rows('trusts').filter((trust) => trust.external === true);
    expect(external.map(({ identityUid }) => identityUid.replace(/^.*\//u, ''))).toEqual([
      'OrganizationAccountAccessRole',
      'stacksets-exec-b5520cb2730c2f54b523d6375a319abb',
    ]);
  });

  it('has the policies that allow everything on their face', async () => {
    const broad = (await load())('roles').filter(({ breadth }) => breadth === 'everything');
    expect(broad.map(({ name }) => name).toSorted()).toEqual([
      'AdministratorAccess',
      'fp2-allow-all',
      'privesc-AssumeRole-high-priv-policy',
      'privesc-high-priv-service-policy',
    ]);
  });
});

describe.skipIf(isMissing)('the cloudmapper demo (skipped where ../shared/data is missing)', () => {
  it('joins its three feeds', async () => {
    const rows = await importPaths([join(DATA, 'cloudmapper-demo')]);
    expect(rows('identities').map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'iam-role exfiller',
      'iam-role bad_role',
      'iam-role level1',
      'iam-role level3',
      'iam-user USER_WITH_BAD_INLINE_POLICY',
      'iam-user USER',
      'root-user root',
      'iam-user auditor_tmp',
      'iam-user user',
    ]);
    expect(new Set(rows('identities').map(({ scopeUid }) => scopeUid))).toEqual(
      new Set(['aws:123456789012']),
    );
    const used = rows('usages').filter(
      ({ source, subject }) => source.includes('service') && subject === 'identity',
    );
    expect(
      used.map(({ identityUid, lastUsedAt }) => [identityUid.replace(/^.*\//u, ''), lastUsedAt]),
    ).toEqual(['exfiller', 'bad_role', 'level1', 'level3'].map((name) => [name, '2019-04-15T04:19:00.000Z']));
    const keys = rows('credentials').filter(({ kind }) => kind === 'access-key');
    expect(keys.map(({ lastUsedEvidence }) => lastUsedEvidence)).toEqual(['used', 'never', 'never', 'used']);
    const broad = rows('roles').filter(({ breadth }) => breadth === 'everything');
    expect(broad.map(({ uid }) => uid)).toContain('arn:aws:iam::123456789012:role/bad_role/inline/dostuff');
  });
});

describe.skipIf(isMissing)('recorded replies (skipped where ../shared/data is missing)', () => {
  it('give a credential report, and coverage for the errors that came before it', async () => {
    const rows = await importPaths([join(DATA, 'recorded/test_iam_user_unused_keys')], true);
    expect(rows('identities')).toHaveLength(8);
    const syracuse = rows('credentials').filter(({ identityUid }) => identityUid.endsWith('/syracuse'));
    expect(only(syracuse)).toMatchObject({
      lastUsedAt: '2016-11-25T14:22:00.000Z',
      raw: { last_used_service: 's3' },
    });
    const failed = rows('coverage').filter(({ status }) => status === 'failed');
    expect(only(failed).detail).toContain('ReportNotPresent');
  });

  it('give keys their ids where the times agree', async () => {
    const rows = await importPaths([join(DATA, 'recorded/test_iam_user_credential_multi_delete')], true);
    const keys = rows('credentials').filter(({ kind }) => kind === 'access-key');
    expect(keys).toMatchObject([
      // Made after the report: the report's other key is no longer listed.
      { name: 'AKIAEXAMPLE000000002', lastUsedEvidence: expect.any(String) },
      { name: 'AKIAEXAMPLE000000001', lastUsedEvidence: 'used', lastUsedAt: '2018-12-01T22:25:00.000Z' },
    ]);
  });

  it('give the last access of a user once the credential report has the user', async () => {
    const folders = ['test_iam_user_usage', 'test_iam_user_credential_multi_delete'];
    const rows = await importPaths(
      folders.map((folder) => join(DATA, 'recorded', folder)),
      true,
    );
    const services = rows('usages').filter(({ subject }) => subject === 'permission');
    expect(services).toHaveLength(168);
    expect(services.find(({ permission }) => permission === 'a4b')?.lastUsedAt).toBeNull();
    expect(services.find(({ permission }) => permission === 'acm')?.lastUsedAt).toBe(
      '2019-02-08T14:55:00.000Z',
    );
  });
});

function count(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
