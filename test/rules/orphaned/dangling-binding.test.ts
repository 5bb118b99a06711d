import { describe, expect, it } from 'vitest';
import { attached, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import {
  CLUSTER_UID,
  bindingUid,
  clusterBinding,
  clusterRole,
  namespace,
  roleBinding,
  saUid,
  serviceAccount,
} from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'dangling-binding';

describe('dangling-binding', () => {
  it('fails a binding to a service account that does not exist, in its namespace', async () => {
    const { findings } = await judge(rule, [
      namespace('shop'),
      clusterRole('reader'),
      roleBinding('shop/reader', 'reader', 'shop/gone'),
    ]);
    expect(findings).toMatchObject([
      {
        identity: null,
        subject: bindingUid('shop/reader', 'shop/gone'),
        scope: 'k8s:demo:namespace:shop',
        evidence: { missing: ['subject'], subject: saUid('shop/gone') },
      },
    ]);
  });

  it('fails a binding to a role that does not exist', async () => {
    const { findings } = await judge(rule, [
      serviceAccount('shop/web'),
      clusterBinding('web', 'gone', 'shop/web'),
    ]);
    expect(findings).toMatchObject([
      {
        identity: saUid('shop/web'),
        subject: bindingUid('web', 'shop/web'),
        evidence: { missing: ['role'], role: 'k8s:demo:clusterrole:gone' },
      },
    ]);
  });

  it('says both where both are gone, in one finding', async () => {
    const { findings } = await judge(rule, [clusterBinding('old', 'gone', 'shop/gone')]);
    expect(findings.map(({ evidence }) => evidence['missing'])).toEqual([['role', 'subject']]);
  });

  it('passes a binding whose role and subject exist, and subjects that no system lists', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/web'),
      clusterRole('reader'),
      clusterBinding('web', 'reader', 'shop/web'),
      clusterBinding('team', 'reader', 'x/x', {
        principalUid: 'k8s:demo:group:team',
        principalKind: 'group',
      }),
      clusterBinding('partner', 'reader', 'x/y', {
        principalUid: 'somebody@elsewhere',
        principalKind: 'external',
      }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 3 });
  });

  it('leaves alone what the cluster binds for itself', async () => {
    const controller = 'system:controller:job-controller';
    const { found, passed } = await judge(rule, [
      clusterRole(controller, { managedBy: 'provider' }),
      clusterBinding(controller, controller, 'kube-system/job-controller'),
      roleBinding(
        'kube-system/system::leader-locking',
        'system::leader-locking',
        'kube-system/kube-scheduler',
      ),
      clusterBinding('cluster-admin', 'cluster-admin', 'x/x', {
        principalUid: 'k8s:demo:group:system:masters',
        principalKind: 'group',
      }),
      clusterRole('cluster-admin', { managedBy: 'provider' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not let a name alone hide a binding of one’s own', async () => {
    const { found } = await judge(rule, [
      clusterRole('reader'),
      clusterBinding('system:mine', 'reader', 'shop/gone'),
    ]);
    expect(found).toEqual({ 'clusterrolebinding:system:mine#serviceaccount:shop/gone': 'fail' });
  });

  it('does not know about a missing role that every cluster has', async () => {
    const { found } = await judge(rule, [
      serviceAccount('shop/web'),
      clusterBinding('a', 'view', 'shop/web'),
      clusterBinding('b', 'system:auth-delegator', 'shop/web'),
    ]);
    expect(Object.values(found)).toEqual(['unknown', 'unknown']);
  });

  it('asks nothing of AWS, where an attached policy cannot be deleted', async () => {
    const { found, passed } = await judge(rule, [awsRole('app'), attached('role/app', 'not-exported')]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where service accounts or roles were not collected, in the namespaces of the cluster too', async () => {
    const rows = [namespace('shop'), clusterRole('reader'), roleBinding('shop/reader', 'reader', 'shop/web')];
    for (const feed of ['identities', 'roles', 'grants'] as const) {
      const { found } = await judge(rule, [...rows, notRead(feed, CLUSTER_UID)]);
      expect(found).toMatchObject({ 'rolebinding:shop/reader#serviceaccount:shop/web': 'unknown' });
    }
  });

  it('says where what is missing may merely not have been read', async () => {
    const rows = [clusterRole('reader'), clusterBinding('reader', 'reader', 'shop/gone')];
    const gapsWithout = async (feed: 'identities' | 'roles') => {
      const { found, findings } = await judge(rule, [...rows, notRead(feed, CLUSTER_UID, 'partial')]);
      expect(found).toEqual({ 'clusterrolebinding:reader#serviceaccount:shop/gone': 'fail' });
      return findings[0]?.evidence['not_collected'];
    };
    expect(await gapsWithout('identities')).toMatchObject([{ feed: 'identities', status: 'partial' }]);
    expect(await gapsWithout('roles')).toBeUndefined();
  });

  it('keeps a pass where others were not read, since what it names was found', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/web'),
      clusterRole('reader'),
      clusterBinding('web', 'reader', 'shop/web'),
      notRead('identities', CLUSTER_UID, 'partial'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
