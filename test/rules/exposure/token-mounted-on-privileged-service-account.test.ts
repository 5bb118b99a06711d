import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Json } from '#model/system.ts';
import { able } from '#test/estates/access.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'token-mounted-on-privileged-service-account';
const account = 'serviceaccount:shop/web';

function mounted(raw: Json, fields = {}): PartialRows {
  return serviceAccount('shop/web', { raw, ...fields });
}

const web = mounted({ mountedBy: ['k8s:demo:deployment:shop/web'] });
const reads = able(saUid('shop/web'), 'secret-read', { scopeUid: CLUSTER_UID, via: ['g'] });

describe('token-mounted-on-privileged-service-account', () => {
  it('fails a privileged account whose token workloads mount, and names both', async () => {
    const { findings } = await judge(rule, [web, reads]);
    expect(findings).toMatchObject([
      {
        identity: saUid('shop/web'),
        severity: 'medium',
        evidence: {
          mounted_by: ['k8s:demo:deployment:shop/web'],
          workloads: 1,
          can: ['secret-read'],
          through: ['g'],
        },
      },
    ]);
  });

  it('rises with an administrator and with production', async () => {
    const admin = able(saUid('shop/web'), 'admin', { scopeUid: CLUSTER_UID });
    const live = mounted({ mountedBy: ['w'] }, { environment: 'production' });
    for (const rows of [
      [web, admin],
      [live, reads],
    ]) {
      expect((await judge(rule, rows)).findings).toMatchObject([{ severity: 'high' }]);
    }
  });

  it('passes an account that nothing mounts', async () => {
    expect(await judge(rule, [mounted({ mountedBy: [] }), reads])).toMatchObject({ found: {}, passed: 1 });
  });

  it('leaves alone rights in the own namespace, and judges those in another', async () => {
    const own = able(saUid('shop/web'), 'secret-read', { scopeUid: 'k8s:demo:namespace:shop' });
    expect(await judge(rule, [web, own])).toMatchObject({ found: {}, passed: 0 });
    const other = able(saUid('shop/web'), 'secret-read', { scopeUid: 'k8s:demo:namespace:pay' });
    expect((await judge(rule, [web, own, other])).found).toEqual({ [account]: 'fail' });
  });

  it('does not know what is mounted where nobody says, nor what is not certain', async () => {
    expect((await judge(rule, [mounted(null), reads])).found).toEqual({ [account]: 'unknown' });
    const perhaps = able(saUid('shop/web'), 'secret-read', { scopeUid: CLUSTER_UID, certainty: 'unknown' });
    expect((await judge(rule, [web, perhaps])).found).toEqual({ [account]: 'unknown' });
  });

  it('leaves alone accounts without privilege, provider-managed ones, and what the parameter does not list', async () => {
    const plain = able(saUid('shop/web'), 'compute-run', { scopeUid: CLUSTER_UID });
    expect(await judge(rule, [web, plain])).toMatchObject({ found: {}, passed: 0 });
    expect((await judge(rule, [web, plain], { capabilities: ['compute-run'] })).found).toEqual({
      [account]: 'fail',
    });
    const theirs = mounted({ mountedBy: ['w'] }, { managedBy: 'provider' });
    expect(await judge(rule, [theirs, reads])).toMatchObject({ found: {}, passed: 0 });
  });

  it('does not know where grants or workloads were not collected', async () => {
    for (const feed of ['grants', 'workloads'] as const) {
      expect((await judge(rule, [web, reads, notRead(feed, CLUSTER_UID)])).found).toEqual({
        [account]: 'unknown',
      });
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
