import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Json } from '#model/system.ts';
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

const rule = 'cluster-wide-where-namespace-would-do';
const WEB = 'shop/web';

describe('cluster-wide-where-namespace-would-do', () => {
  it('fails a binding in every namespace of a role about objects of namespaces', async () => {
    const { findings } = await judge(rule, [
      serviceAccount(WEB),
      role('pods', ['', 'apps', 'networking.k8s.io'], ['pods', 'pods/log', 'deployments', 'networkpolicies']),
      clusterBinding('pods', 'pods', WEB),
    ]);
    expect(findings).toMatchObject([
      {
        identity: saUid(WEB),
        subject: bindingUid('pods', WEB),
        scope: CLUSTER_UID,
        evidence: { own_namespace: 'shop', resources: ['deployments', 'networkpolicies', 'pods'] },
      },
    ]);
  });

  it('passes a role that needs the cluster, in whichever rule of it', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount(WEB),
      clusterRole('nodes', { document: { rules: [named([''], ['pods']), named([''], ['nodes/proxy'])] } }),
      clusterBinding('nodes', 'nodes', WEB),
      clusterRole('metrics', {
        document: { rules: [named([''], ['pods']), { nonResourceURLs: ['/metrics'] }] },
      }),
      clusterBinding('metrics', 'metrics', WEB),
      role('all', ['*'], ['*']),
      clusterBinding('all', 'all', WEB),
      role('nothing', [], []),
      clusterBinding('nothing', 'nothing', WEB),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 4 });
  });

  it('does not know of kinds from extensions, unless the cluster is needed anyway, nor of what was not understood', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount(WEB),
      role('certificates', ['', 'cert-manager.io'], ['secrets', 'certificates']),
      clusterBinding('certificates', 'certificates', WEB),
      role('mixed', ['', 'cert-manager.io'], ['nodes', 'certificates']),
      clusterBinding('mixed', 'mixed', WEB),
      clusterRole('unread'),
      clusterBinding('unread', 'unread', WEB),
    ]);
    expect({ found: Object.values(found), passed }).toEqual({ found: ['unknown', 'unknown'], passed: 1 });
  });

  it('leaves out bindings in a namespace, to missing roles, of users and of the provider’s accounts', async () => {
    const { found, passed } = await judge(rule, [
      namespace('shop'),
      serviceAccount(WEB),
      role('pods', [''], ['pods']),
      roleBinding('shop/pods', 'pods', WEB),
      clusterBinding('gone', 'gone', WEB),
      serviceAccount('kube-system/theirs', { managedBy: 'provider' }),
      clusterBinding('theirs', 'pods', 'kube-system/theirs'),
      { identities: [{ uid: 'k8s:demo:user:bob', kind: 'user', class: 'unknown' }] },
      clusterBinding('bob', 'pods', 'x/x', { principalUid: 'k8s:demo:user:bob' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('passes an account whose work it is', async () => {
    const parts = [serviceAccount(WEB), role('pods', [''], ['pods']), clusterBinding('pods', 'pods', WEB)];
    const { found, passed } = await judge(rule, parts, { expected: [saUid(WEB)] });
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know where grants, roles or identities were not collected', async () => {
    for (const feed of ['grants', 'roles', 'identities'] as const) {
      const { found } = await judge(rule, [
        serviceAccount(WEB),
        role('pods', [''], ['pods']),
        clusterBinding('pods', 'pods', WEB),
        notRead(feed, CLUSTER_UID),
      ]);
      expect(Object.values(found)).toEqual(['unknown']);
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function role(name: string, apiGroups: readonly string[], resources: readonly string[]): PartialRows {
  return clusterRole(name, { document: { rules: [named(apiGroups, resources)] } });
}

function named(apiGroups: readonly string[], resources: readonly string[]): Json {
  return { apiGroups, resources, verbs: ['get'] };
}
