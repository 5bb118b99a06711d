import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, arn, attached, awsRole, awsUser, policy } from '#test/estates/aws.ts';
import { TENANT_UID, assignment, servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { clusterBinding, clusterRole, roleBinding, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'broad-built-in-role';
const administrator = policy('AdministratorAccess', { managedBy: 'provider', breadth: 'everything' });
const clusterAdmin = clusterRole('cluster-admin', { managedBy: 'provider', breadth: 'everything' });

describe('broad-built-in-role', () => {
  it('fails the administrator roles of every system', async () => {
    const { found } = await judge(rule, [
      administrator,
      awsRole('app'),
      attached('role/app', 'AdministratorAccess'),
      clusterAdmin,
      serviceAccount('ci/deployer'),
      clusterBinding('deployer', 'cluster-admin', 'ci/deployer'),
      servicePrincipal('sp'),
      {
        roles: [
          { uid: 'owner', system: 'azure', scopeUid: 'azure:azure', name: 'Owner', managedBy: 'provider' },
        ],
      },
      assignment('sp', 'owner'),
    ]);
    expect(found).toEqual({
      'role/app policy/AdministratorAccess': 'fail',
      'serviceaccount:ci/deployer clusterrole:cluster-admin': 'fail',
      'sp owner': 'fail',
    });
  });

  it('fails cluster-admin in one namespace too, and says where, even if the export lacks the role', async () => {
    const { findings } = await judge(rule, [
      serviceAccount('ci/deployer'),
      roleBinding('shop/deployer', 'cluster-admin', 'ci/deployer'),
    ]);
    expect(findings).toMatchObject([
      {
        identity: saUid('ci/deployer'),
        evidence: { role: 'cluster-admin', scopes: ['k8s:demo:namespace:shop'] },
      },
    ]);
  });

  it('fails a holder through a group of the system, once', async () => {
    const group = 'k8s:demo:group:system:serviceaccounts';
    const home = { system: 'kubernetes', scopeUid: 'k8s:demo' } as const;
    const { findings } = await judge(rule, [
      clusterAdmin,
      serviceAccount('shop/web'),
      {
        groups: [{ ...home, uid: group, kind: 'group', implicit: true }],
        memberships: [{ ...home, groupUid: group, memberUid: saUid('shop/web') }],
      },
      clusterBinding('a', 'cluster-admin', 'x/x', { principalUid: group, principalKind: 'group' }),
      clusterBinding('b', 'cluster-admin', 'x/x', { principalUid: group, principalKind: 'group' }),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings).toMatchObject([{ identity: saUid('shop/web'), evidence: { through_groups: [group] } }]);
  });

  it('passes other roles, roles of one’s own with such a name, one resource, and what must be activated', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      policy('ReadOnlyAccess', { managedBy: 'provider' }),
      attached('role/a', 'ReadOnlyAccess'),
      awsRole('b'),
      policy('PowerUserAccess'),
      attached('role/b', 'PowerUserAccess'),
      administrator,
      awsRole('c'),
      attached('role/c', 'AdministratorAccess', { resourceUid: 'one' }),
      awsRole('d'),
      attached('role/d', 'AdministratorAccess', { state: 'eligible' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 4 });
  });

  it('tells a role that was not read by its uid', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      attached('role/a', 'x', { uid: 'g', roleUid: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      awsRole('b'),
      attached('role/b', 'x', { uid: 'h', roleUid: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
      servicePrincipal('sp'),
      assignment('sp', '/providers/microsoft.authorization/roledefinitions/1c0f'),
    ]);
    expect(found).toEqual({ 'role/a arn:aws:iam::aws:policy/AdministratorAccess': 'fail' });
    expect(passed).toBe(2);
  });

  it('does not know about a role without a name in its uid where roles were read in part', async () => {
    const { found } = await judge(rule, [
      servicePrincipal('sp'),
      assignment('sp', '/roles/1c0f'),
      servicePrincipal('idle'),
      notRead('roles', TENANT_UID, 'partial'),
    ]);
    expect(found).toEqual({ 'sp /roles/1c0f': 'unknown' });
  });

  it('does not know about a grant under a condition', async () => {
    const { found } = await judge(rule, [
      awsRole('a'),
      administrator,
      attached('role/a', 'AdministratorAccess', { condition: { x: 1 } }),
    ]);
    expect(found).toEqual({ 'role/a policy/AdministratorAccess': 'unknown' });
  });

  it('takes the names from its parameter', async () => {
    const rows = [
      awsRole('a'),
      policy('ReadOnlyAccess', { managedBy: 'provider' }),
      attached('role/a', 'ReadOnlyAccess'),
    ];
    expect((await judge(rule, rows, { roles: ['ReadOnlyAccess'] })).found).toEqual({
      'role/a policy/ReadOnlyAccess': 'fail',
    });
  });

  it('leaves alone people, root users and the provider’s own identities, system:masters among their groups', async () => {
    const { found, passed } = await judge(rule, [
      administrator,
      clusterAdmin,
      awsUser('alice', { class: 'human' }),
      attached('user/alice', 'AdministratorAccess'),
      awsUser('root', { kind: 'root-user' }),
      attached('user/root', 'AdministratorAccess'),
      awsRole('theirs', { managedBy: 'provider' }),
      attached('role/theirs', 'AdministratorAccess'),
      { groups: [{ uid: 'k8s:demo:group:system:masters', kind: 'group' }] },
      clusterBinding('cluster-admin', 'cluster-admin', 'x/x', {
        principalUid: 'k8s:demo:group:system:masters',
        principalKind: 'group',
      }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where grants were not collected', async () => {
    expect((await judge(rule, [awsRole('a'), notRead('grants', ACCOUNT_UID)])).findings).toMatchObject([
      { identity: arn('role/a'), evidence: { not_collected: [{ feed: 'grants', status: 'denied' }] } },
    ]);
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
