import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Owner } from '#model/owner.ts';
import { ACCOUNT_UID, arn, awsRole, awsUser } from '#test/estates/aws.ts';
import { servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid } from '#test/estates/gcp.ts';
import { saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'owner-conflicting';

describe('owner-conflicting', () => {
  it('fails an identity whose sources contradict each other, in every system', async () => {
    const { found, findings } = await judge(rule, [
      awsRole('app'),
      torn(arn('role/app')),
      servicePrincipal('principal'),
      torn('principal'),
      googleAccount('app'),
      torn(gsaUid('app')),
      serviceAccount('shop/app'),
      torn(saUid('shop/app')),
    ]);
    expect(Object.values(found)).toEqual(['fail', 'fail', 'fail', 'fail']);
    expect(findings[0]?.evidence['sources']).toMatchObject([
      { owner: 'pay', source: 'registry' },
      { owner: 'web', source: 'tag:owner' },
    ]);
  });

  it('passes any other owner, one who has left too', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      owned(arn('role/a'), 'web', 'declared'),
      awsRole('b'),
      owned(arn('role/b'), 'web', 'owner-left'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('fails where one contradiction stands beside owners who stand', async () => {
    const { found } = await judge(rule, [
      awsRole('a'),
      owned(arn('role/a'), 'ann@acme.example', 'declared'),
      torn(arn('role/a')),
    ]);
    expect(found).toEqual({ 'role/a': 'fail' });
  });

  it('leaves out who has no owner, people, and what is disabled or the provider’s', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('nobody'),
      awsUser('ann', { class: 'human' }),
      torn(arn('user/ann')),
      awsRole('off', { enabled: false }),
      torn(arn('role/off')),
      awsRole('linked', { managedBy: 'provider' }),
      torn(arn('role/linked')),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where owners were not collected, or only some of them', async () => {
    const one = [awsRole('a'), owned(arn('role/a'), 'web', 'declared')];
    const none = await judge(rule, [...one, notRead('owners', ACCOUNT_UID)]);
    expect(none.found).toEqual({ 'role/a': 'unknown' });
    const some = await judge(rule, [...one, notRead('owners', ACCOUNT_UID, 'partial')]);
    expect(some.found).toEqual({ 'role/a': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function torn(identityUid: string): PartialRows {
  const state = 'conflicting';
  return {
    owners: [
      { identityUid, owner: 'web', source: 'tag:owner', state },
      { identityUid, owner: 'pay', source: 'registry', state },
    ],
  };
}

function owned(identityUid: string, owner: string, state: Owner['state']): PartialRows {
  return { owners: [{ identityUid, owner, source: 'tag:owner', state }] };
}
