import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Owner } from '#model/owner.ts';
import { ACCOUNT_UID, arn, awsRole, awsUser } from '#test/estates/aws.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'identity-absent-from-registry';

describe('identity-absent-from-registry', () => {
  it('fails the identities of a system that its registry does not name', async () => {
    const { found, passed, findings } = await judge(rule, [
      awsRole('known'),
      registered(arn('role/known')),
      awsRole('shadow'),
      servicePrincipal('known'),
      registered('known', { system: 'azure', scopeUid: TENANT_UID }),
      servicePrincipal('shadow'),
      googleAccount('known'),
      registered(gsaUid('known'), { system: 'gcp', scopeUid: PROJECT_UID }),
      googleAccount('shadow'),
      serviceAccount('shop/known'),
      registered(saUid('shop/known')),
      serviceAccount('shop/shadow'),
    ]);
    expect(found).toEqual({
      'role/shadow': 'fail',
      shadow: 'fail',
      [gsaUid('shadow')]: 'fail',
      'serviceaccount:shop/shadow': 'fail',
    });
    expect(passed).toBe(4);
    expect(findings[0]?.evidence).toMatchObject({ registered_identities_of_the_system: 1 });
  });

  it('takes any entry for one: lapsed, of a deputy alone, or of an owner who has left', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('lapsed'),
      registered(arn('role/lapsed'), { state: 'inferred' }),
      awsRole('deputy'),
      registered(arn('role/deputy'), { source: 'registry:backup' }),
      awsRole('left'),
      registered(arn('role/left'), { state: 'owner-left' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 3 });
  });

  it('does not know of a system that the registry names nothing of, once a scope', async () => {
    const { found, findings } = await judge(rule, [
      awsRole('known'),
      registered(arn('role/known')),
      serviceAccount('shop/a'),
      serviceAccount('shop/b'),
      { owners: [{ identityUid: saUid('shop/a'), owner: 'web', source: 'tag:owner' }] },
    ]);
    expect(found).toEqual({ [`${CLUSTER_UID}#registry`]: 'unknown' });
    expect(findings).toMatchObject([{ scope: CLUSTER_UID, evidence: { identities: 2 } }]);
  });

  it('leaves out people, names that are no objects, and what is disabled or the provider’s', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('known'),
      registered(arn('role/known')),
      awsUser('ann', { class: 'human' }),
      awsRole('off', { enabled: false }),
      awsRole('linked', { managedBy: 'provider' }),
      serviceAccount('shop/known'),
      registered(saUid('shop/known')),
      serviceAccount('shop/default'),
      { identities: [{ uid: 'k8s:demo:user:bob', kind: 'user', class: 'unknown' }] },
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('does not know where identities were not collected', async () => {
    const { found } = await judge(rule, [
      awsRole('known'),
      registered(arn('role/known')),
      notRead('identities', CLUSTER_UID),
    ]);
    expect(found).toEqual({ [`scope ${CLUSTER_UID}`]: 'unknown' });
  });

  it('does not mind that owners in tags were not read: the registry is a file', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('known'),
      registered(arn('role/known')),
      notRead('owners', ACCOUNT_UID),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function registered(identityUid: string, fields: Partial<Owner> = {}): PartialRows {
  return { owners: [{ identityUid, owner: 'web', source: 'registry', ...fields }] };
}
