import { describe, expect, it } from 'vitest';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, clusterBinding, roleBinding, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'default-service-account-with-grants';

describe('default-service-account-with-grants', () => {
  it('fails the default account of a namespace that holds a role, and says what and how much runs as it', async () => {
    const { findings } = await judge(rule, [
      serviceAccount('shop/default', { managedBy: 'provider' }),
      roleBinding('shop/r', 'edit', 'shop/default'),
      clusterBinding('c', 'view', 'shop/default'),
      { workloads: [{ uid: 'w', identityUid: saUid('shop/default') }] },
    ]);
    expect(findings).toMatchObject([
      {
        identity: saUid('shop/default'),
        severity: 'medium',
        evidence: {
          grants: 2,
          first_roles: ['k8s:demo:clusterrole:edit', 'k8s:demo:clusterrole:view'],
          workloads: 1,
        },
      },
    ]);
  });

  it('fails the default accounts of Compute Engine and App Engine', async () => {
    const home = { system: 'gcp', scopeUid: 'gcp:project' } as const;
    const uids = [
      'gcp:serviceAccount:123456789-compute@developer.gserviceaccount.com',
      'gcp:serviceAccount:project@appspot.gserviceaccount.com',
      'gcp:serviceAccount:app@project.iam.gserviceaccount.com',
    ];
    const { found } = await judge(rule, [
      {
        identities: uids.map((uid) => ({ ...home, uid, kind: 'service-account' })),
        grants: uids.map((uid) => ({ ...home, uid: `g ${uid}`, principalUid: uid, roleUid: 'roles/editor' })),
      },
    ]);
    expect(Object.keys(found)).toEqual([uids[0], uids[1]]);
  });

  it('passes a default account that holds nothing of its own', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/default'),
      serviceAccount('shop/web'),
      roleBinding('shop/r', 'edit', 'shop/web'),
      serviceAccount('blog/default'),
      roleBinding('blog/later', 'edit', 'blog/default', { state: 'eligible' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('does not count rights that come through the groups of the system', async () => {
    const group = 'k8s:demo:group:system:authenticated';
    const home = { system: 'kubernetes', scopeUid: CLUSTER_UID } as const;
    const { found } = await judge(rule, [
      serviceAccount('shop/default'),
      {
        groups: [{ ...home, uid: group, implicit: true }],
        memberships: [{ ...home, groupUid: group, memberUid: saUid('shop/default') }],
      },
      clusterBinding('system:discovery', 'system:discovery', 'x/x', {
        principalUid: group,
        principalKind: 'group',
      }),
    ]);
    expect(found).toEqual({});
  });

  it('does not know where grants were not collected, or not all of them', async () => {
    const account = serviceAccount('shop/default');
    expect((await judge(rule, [account, notRead('grants', CLUSTER_UID)])).found).toEqual({
      'serviceaccount:shop/default': 'unknown',
    });
    const partial = [account, notRead('grants', CLUSTER_UID, 'partial')];
    expect((await judge(rule, partial)).found).toEqual({ 'serviceaccount:shop/default': 'unknown' });
    const held = roleBinding('shop/r', 'edit', 'shop/default');
    expect((await judge(rule, [...partial, held])).found).toEqual({ 'serviceaccount:shop/default': 'fail' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
