import { describe, expect, it } from 'vitest';
import { importTexts, listOf, only, type Rows } from './importing.ts';
import { account, manifest, RBAC, served } from './objects.ts';

function binding(name: string, ...subjects: readonly unknown[]): unknown {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
  return served(RBAC, 'ClusterRoleBinding', name, { roleRef, subjects });
}

const user = (name: string): unknown => ({ kind: 'User', name });
const group = (name: string): unknown => ({ kind: 'Group', name });

async function identity(uid: string, ...objects: readonly unknown[]): Promise<Rows['identities'][number]> {
  const { identities } = await importTexts({ 'all.json': listOf(...objects) });
  return only(identities.filter((row) => row.uid === uid));
}

describe('a ServiceAccount', () => {
  it('is a non-human identity of the cluster with its own id', async () => {
    expect(
      await identity('k8s:prod:serviceaccount:pay/api', account('pay/api', { labels: { app: 'api' } })),
    ).toMatchObject({
      scopeUid: 'k8s:prod',
      kind: 'service-account',
      name: 'api',
      class: 'non-human',
      managedBy: 'customer',
      enabled: true,
      createdAt: '2026-01-02T03:04:05.000Z',
      tags: { app: 'api' },
      environment: null,
      providerId: 'uid-ServiceAccount-pay/api',
      raw: { namespace: 'pay', automountServiceAccountToken: null },
    });
  });

  it('may not be there at all where a manifest says it', async () => {
    const row = await identity(
      'k8s:prod:serviceaccount:pay/api',
      manifest('v1', 'ServiceAccount', 'pay/api'),
    );
    expect(row).toMatchObject({ enabled: null, createdAt: null, providerId: null });
  });

  it.each([
    ['its own labels', { env: 'Prod' }, { environment: 'staging' }, 'production'],
    ['those of its namespace', { app: 'x' }, { environment: 'stg' }, 'staging'],
    ['nothing', {}, {}, null],
    ['labels that are called like members of every object', { constructor: 'x' }, {}, null],
  ])('has the environment of %s', async (_, own, ofNamespace, environment) => {
    const namespace = served('v1', 'Namespace', 'pay', {}, { labels: ofNamespace });
    const row = await identity(
      'k8s:prod:serviceaccount:pay/api',
      account('pay/api', { labels: own }),
      namespace,
    );
    expect(row.environment).toBe(environment);
  });

  it.each([
    ['kube-system/job-controller', {}, 'provider'],
    ['kube-system/kube-controller', {}, 'customer'],
    ['elsewhere/job-controller', {}, 'customer'],
    ['kube-system/metrics', { 'addonmanager.kubernetes.io/mode': 'Reconcile' }, 'provider'],
    ['elsewhere/metrics', { 'addonmanager.kubernetes.io/mode': 'Reconcile' }, 'customer'],
  ])('called %s with the labels %j is managed by the %s', async (where, labels, managedBy) => {
    expect((await identity(`k8s:prod:serviceaccount:${where}`, account(where, { labels }))).managedBy).toBe(
      managedBy,
    );
  });
});

describe('a user', () => {
  it('is known by the bindings that name it, and nobody knows what it is', async () => {
    const row = await identity('k8s:prod:user:ann@acme.example', binding('b', user('ann@acme.example')));
    expect(row).toMatchObject({ kind: 'user', class: 'unknown', managedBy: 'customer', enabled: null });
    expect(row.classReason).toContain('only bindings name it');
  });

  it.each(['system:kube-scheduler', 'eks:addon-manager'])(
    'called %s belongs to the control plane',
    async (name) => {
      const row = await identity(`k8s:prod:user:${name}`, binding('b', user(name)));
      expect(row).toMatchObject({ class: 'non-human', managedBy: 'provider' });
    },
  );

  it('that is called like a ServiceAccount is no identity of its own', async () => {
    const { identities } = await importTexts({
      'all.json': listOf(binding('b', user('system:serviceaccount:pay:api'))),
    });
    expect(identities).toEqual([]);
  });
});

describe('a node', () => {
  it('is an identity of the provider under its user name, once', async () => {
    const node = served('v1', 'Node', 'n1', {}, { labels: { zone: 'a' } });
    const row = await identity('k8s:prod:user:system:node:n1', node, binding('b', user('system:node:n1')));
    expect(row).toMatchObject({
      kind: 'node',
      class: 'non-human',
      managedBy: 'provider',
      tags: { zone: 'a' },
    });
  });

  it('that only a binding names is one all the same', async () => {
    expect((await identity('k8s:prod:user:system:node:n1', binding('b', user('system:node:n1')))).kind).toBe(
      'node',
    );
  });
});

describe('groups', () => {
  it('are those that bindings name, and Kubernetes fills some itself', async () => {
    const names = [
      'ops',
      'system:masters',
      'system:authenticated',
      'system:serviceaccounts:pay',
      'system:nodes',
    ];
    const { groups } = await importTexts({ 'all.json': listOf(binding('b', ...names.map(group))) });
    expect(groups.map(({ uid, implicit }) => [uid, implicit])).toEqual([
      ['k8s:prod:group:ops', false],
      ['k8s:prod:group:system:masters', false],
      ['k8s:prod:group:system:authenticated', true],
      ['k8s:prod:group:system:serviceaccounts:pay', true],
      ['k8s:prod:group:system:nodes', false],
    ]);
  });

  it('have the members that Kubernetes puts there, where a binding names the group', async () => {
    const { memberships } = await importTexts({
      'all.json': listOf(
        account('pay/api'),
        account('shop/web'),
        served('v1', 'Node', 'n1'),
        binding('a', user('ann'), user('system:anonymous')),
        binding(
          'b',
          ...[
            'system:authenticated',
            'system:unauthenticated',
            'system:serviceaccounts:pay',
            'system:nodes',
          ].map(group),
        ),
      ),
    });
    expect(memberships.map(({ groupUid, memberUid }) => [groupUid, memberUid].join(' ')).toSorted()).toEqual([
      'k8s:prod:group:system:authenticated k8s:prod:serviceaccount:pay/api',
      'k8s:prod:group:system:authenticated k8s:prod:serviceaccount:shop/web',
      'k8s:prod:group:system:authenticated k8s:prod:user:ann',
      'k8s:prod:group:system:authenticated k8s:prod:user:system:node:n1',
      'k8s:prod:group:system:nodes k8s:prod:user:system:node:n1',
      'k8s:prod:group:system:serviceaccounts:pay k8s:prod:serviceaccount:pay/api',
      'k8s:prod:group:system:unauthenticated k8s:prod:user:system:anonymous',
    ]);
  });
});

describe('owners', () => {
  it('are those whom annotations declare, or else those whom the namespace suggests', async () => {
    const labels = { team: 'payments' };
    const { owners } = await importTexts({
      'all.json': listOf(
        served('v1', 'Namespace', 'pay', {}, { labels }),
        account('pay/declared', { annotations: { 'acme.example/owner': 'ann@acme.example' } }),
        account('pay/labelled', { labels: { team: 'core' } }),
        account('pay/silent'),
      ),
    });
    expect(
      owners.map(({ identityUid, owner, kind, source, state }) => [identityUid, owner, kind, source, state]),
    ).toEqual([
      [
        'k8s:prod:serviceaccount:pay/declared',
        'ann@acme.example',
        'unknown',
        'annotation:acme.example/owner',
        'declared',
      ],
      ['k8s:prod:serviceaccount:pay/silent', 'payments', 'team', 'namespace-label:team', 'inferred'],
    ]);
  });
});
