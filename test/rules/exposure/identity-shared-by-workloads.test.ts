import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'identity-shared-by-workloads';

describe('identity-shared-by-workloads', () => {
  it('fails an identity of two workloads, and names them', async () => {
    const { findings } = await judge(rule, [
      serviceAccount('shop/web'),
      running('shop/web', 'deployment', 'web'),
      running('shop/web', 'cron-job', 'nightly'),
    ]);
    expect(findings).toMatchObject([
      {
        identity: saUid('shop/web'),
        severity: 'low',
        evidence: { workloads: 2, first_workloads: [{ kind: 'cron-job' }, { kind: 'deployment' }] },
      },
    ]);
  });

  it('passes exactly the limit and fails one more', async () => {
    const world = [
      serviceAccount('shop/two'),
      ...['a', 'b'].map((name) => running('shop/two', 'deployment', name)),
      serviceAccount('shop/three'),
      ...['a', 'b', 'c'].map((name) => running('shop/three', 'deployment', name)),
    ];
    const { found, passed } = await judge(rule, world, { most: 2 });
    expect({ found, passed }).toEqual({ found: { 'serviceaccount:shop/three': 'fail' }, passed: 1 });
  });

  it('does not count what another workload makes, nor what merely carries the identity', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/web'),
      running('shop/web', 'deployment', 'web'),
      ...['replica-set', 'pod', 'job', 'instance-profile'].map((kind) => running('shop/web', kind, 'x')),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not count what lets into a cluster, gives roles to certificates or starts a task', async () => {
    const kinds = ['eks-access-entry', 'roles-anywhere-profile', 'ecs-task-definition-execution'];
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/web'),
      running('shop/web', 'lambda-function', 'web'),
      ...kinds.map((kind) => running('shop/web', kind, 'x')),
      serviceAccount('shop/pull'),
      ...['a', 'b'].map((name) => running('shop/pull', 'ecs-task-definition-execution', name)),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('leaves default, provider-managed and missing identities alone', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/default'),
      serviceAccount('shop/theirs', { managedBy: 'provider' }),
      ...['default', 'theirs', 'missing'].flatMap((name) =>
        ['a', 'b'].map((workload) => running(`shop/${name}`, 'deployment', workload)),
      ),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where workloads were not collected, and takes a pass back where they have gaps', async () => {
    const rows = [serviceAccount('shop/web'), running('shop/web', 'deployment', 'web')];
    for (const status of ['denied', 'partial'] as const) {
      const { found } = await judge(rule, [...rows, notRead('workloads', CLUSTER_UID, status)]);
      expect(found).toEqual({ 'serviceaccount:shop/web': 'unknown' });
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function running(account: string, kind: string, name: string): PartialRows {
  return {
    workloads: [{ uid: `${saUid(account)}<-${kind}/${name}`, identityUid: saUid(account), kind, name }],
  };
}
