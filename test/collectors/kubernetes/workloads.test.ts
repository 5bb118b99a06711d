import { describe, expect, it } from 'vitest';
import { importTexts, listOf, only, type Rows } from './importing.ts';
import { account, type Fields, ownedBy, served, template } from './objects.ts';

function importAll(...objects: readonly unknown[]): Promise<Rows> {
  return importTexts({ 'all.json': listOf(...objects) });
}

function pod(
  where: string,
  spec: Fields,
  metadata: Fields = {},
  status: Fields = { phase: 'Running' },
): Fields {
  return served('v1', 'Pod', where, { spec, status }, metadata);
}

function deployment(where: string, spec: Fields): Fields {
  return served('apps/v1', 'Deployment', where, { spec });
}

const uids = ({ workloads }: Rows): string[] => workloads.map(({ uid }) => uid);

describe('a workload', () => {
  it('runs as the ServiceAccount of its pod template, in its namespace', async () => {
    const { workloads } = await importAll(
      served('v1', 'Namespace', 'pay', {}, { labels: { env: 'prod' } }),
      deployment('pay/web', template('api')),
    );
    expect(only(workloads)).toEqual({
      uid: 'k8s:prod:deployment:pay/web',
      system: 'kubernetes',
      scopeUid: 'k8s:prod:namespace:pay',
      identityUid: 'k8s:prod:serviceaccount:pay/api',
      kind: 'deployment',
      name: 'web',
      environment: 'production',
    });
  });

  it.each([
    ['apps/v1', 'DaemonSet', template('api'), 'daemon-set'],
    ['apps/v1', 'StatefulSet', template('api'), 'stateful-set'],
    ['apps/v1', 'ReplicaSet', template('api'), 'replica-set'],
    ['v1', 'ReplicationController', template('api'), 'replication-controller'],
    ['batch/v1', 'Job', template('api'), 'job'],
    ['batch/v1beta1', 'CronJob', { suspend: true, jobTemplate: { spec: template('api') } }, 'cron-job'],
    ['v1', 'Pod', { serviceAccountName: 'api' }, 'pod'],
    ['v1', 'Pod', { serviceAccount: 'api' }, 'pod'],
  ])('may be, in %s, a %s', async (apiVersion, kind, spec, expected) => {
    const { workloads } = await importAll(served(apiVersion, kind, 'pay/x', { spec }));
    expect(only(workloads)).toMatchObject({ kind: expected, identityUid: 'k8s:prod:serviceaccount:pay/api' });
  });

  it.each([{}, { serviceAccountName: '' }, { serviceAccountName: null }])(
    'that says %j runs as the ServiceAccount default',
    async (spec) => {
      const { workloads } = await importAll(pod('pay/x', spec));
      expect(only(workloads).identityUid).toBe('k8s:prod:serviceaccount:pay/default');
    },
  );

  it('stands for all that it made, down to the pods', async () => {
    const rows = await importAll(
      pod('pay/web-1-a', { serviceAccountName: 'api' }, ownedBy('ReplicaSet', 'web-1')),
      pod('pay/web-1-b', { serviceAccountName: 'api' }, ownedBy('ReplicaSet', 'web-1')),
      served(
        'apps/v1',
        'ReplicaSet',
        'pay/web-1',
        { spec: { replicas: 2, ...template('api') } },
        ownedBy('Deployment', 'web'),
      ),
      deployment('pay/web', template('api')),
    );
    expect(uids(rows)).toEqual(['k8s:prod:deployment:pay/web']);
  });

  it('is known by the name of the owner where only its pods were exported', async () => {
    const rows = await importAll(
      pod('pay/web-1-a', { serviceAccountName: 'api' }, ownedBy('ReplicaSet', 'web-1')),
      pod('pay/web-1-b', { serviceAccountName: 'api' }, ownedBy('ReplicaSet', 'web-1')),
    );
    expect(uids(rows)).toEqual(['k8s:prod:replicaset:pay/web-1']);
  });

  it('is the pod itself where it runs as another ServiceAccount than its owner asks for by now', async () => {
    const rows = await importAll(
      pod('pay/old', { serviceAccountName: 'before' }, ownedBy('StatefulSet', 'db')),
      served('apps/v1', 'StatefulSet', 'pay/db', { spec: template('api') }),
    );
    expect(rows.workloads.map(({ uid, identityUid }) => [uid, identityUid])).toEqual([
      ['k8s:prod:statefulset:pay/db', 'k8s:prod:serviceaccount:pay/api'],
      ['k8s:prod:pod:pay/old', 'k8s:prod:serviceaccount:pay/before'],
    ]);
  });

  it('made by an object of another kind is one of its own', async () => {
    const rows = await importAll(
      pod('pay/x', {}, ownedBy('Workflow', 'w')),
      pod('pay/y', {}, ownedBy('Node', 'n')),
    );
    expect(uids(rows)).toEqual(['k8s:prod:pod:pay/x', 'k8s:prod:pod:pay/y']);
  });

  it('is found where owners go round in a circle', async () => {
    const rows = await importAll(
      served('batch/v1', 'Job', 'pay/a', { spec: template() }, ownedBy('Job', 'b')),
      served('batch/v1', 'Job', 'pay/b', { spec: template() }, ownedBy('Job', 'a')),
    );
    expect(rows.workloads.length).toBeGreaterThan(0);
  });

  it.each([
    ['a pod that has succeeded', pod('pay/x', {}, {}, { phase: 'Succeeded' })],
    [
      'a Job that has failed',
      served('batch/v1', 'Job', 'pay/x', {
        spec: template(),
        status: { conditions: [{ type: 'Failed', status: 'True' }] },
      }),
    ],
    [
      'a mirror of a static pod',
      pod('pay/x', {}, { annotations: { 'kubernetes.io/config.mirror': 'hash' } }),
    ],
    [
      'a ReplicaSet that a Deployment has scaled down',
      served(
        'apps/v1',
        'ReplicaSet',
        'pay/x',
        { spec: { replicas: 0, ...template() } },
        ownedBy('Deployment', 'web'),
      ),
    ],
  ])('is not %s', async (_, object) => expect(uids(await importAll(object))).toEqual([]));

  it('that is scaled to nothing may run again', async () => {
    expect(uids(await importAll(deployment('pay/web', { replicas: 0, ...template() })))).toHaveLength(1);
  });
});

describe('the token of a ServiceAccount', () => {
  const projected = { volumes: [{ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] };
  it.each([
    ['nobody says anything', {}, {}, true],
    ['the ServiceAccount says no', { automountServiceAccountToken: false }, {}, false],
    ['the pod says no', {}, { automountServiceAccountToken: false }, false],
    [
      'the pod overrules the ServiceAccount',
      { automountServiceAccountToken: false },
      { automountServiceAccountToken: true },
      true,
    ],
    ['a volume asks for it all the same', { automountServiceAccountToken: false }, projected, true],
    [
      'a volume asks for other things',
      { automountServiceAccountToken: false },
      { volumes: [{ projected: { sources: [{ configMap: {} }] } }, { emptyDir: {} }] },
      false,
    ],
  ])('is mounted or not where %s', async (_, fields, spec, isMounted) => {
    const { identities } = await importAll(
      account('pay/api', {}, fields),
      deployment('pay/web', template('api', spec)),
    );
    const mountedBy = isMounted ? ['k8s:prod:deployment:pay/web'] : [];
    expect(only(identities).raw).toMatchObject({ mountedBy });
  });
});
