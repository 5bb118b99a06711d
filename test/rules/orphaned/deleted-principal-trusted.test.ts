import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, arn, awsRole, trust } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'deleted-principal-trusted';
const deleted = { trusted: 'AROAEXAMPLEEXAMPLE123', trustedKind: 'deleted-principal' } as const;

describe('deleted-principal-trusted', () => {
  it('fails the trust, and says how many others the identity has', async () => {
    const { found, findings, passed } = await judge(rule, [
      awsRole('app'),
      trust('app', 't1', deleted),
      trust('app', 't2', { trusted: arn('role/other'), trustedKind: 'identity' }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/app t1': 'fail' }, passed: 1 });
    expect(findings).toMatchObject([
      { severity: 'low', evidence: { trusted: deleted.trusted, trusts_of_the_identity: 2 } },
    ]);
  });

  it('leaves alone what is only claimed, and provider-managed identities', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      trust('app', 't1', { ...deleted, certainty: 'claimed' }),
      awsRole('theirs', { managedBy: 'provider' }),
      trust('theirs', 't2', deleted),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where trusts were not collected, and keeps a failure where they have gaps', async () => {
    const rows = [awsRole('app'), trust('app', 't', deleted)];
    const denied = await judge(rule, [...rows, notRead('trusts', ACCOUNT_UID)]);
    expect(denied.found).toEqual({ 'role/app t': 'unknown' });
    const partial = await judge(rule, [...rows, notRead('trusts', ACCOUNT_UID, 'partial')]);
    expect(partial.found).toMatchObject({ 'role/app t': 'fail' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
