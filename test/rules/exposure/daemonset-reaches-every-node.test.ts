import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Identity } from '#model/identity.ts';
import { able } from '#test/estates/access.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'daemonset-reaches-every-node';
const agent = saUid('logs/agent');
const uid = 'k8s:demo:daemonset:logs/agent';

function daemon(raw: Identity['raw'], fields = {}): PartialRows[] {
  return [
    serviceAccount('logs/agent', { raw, ...fields }),
    { workloads: [{ uid, identityUid: agent, kind: 'daemon-set', name: 'agent' }] },
  ];
}

const everywhere = daemon({ mountedBy: [uid] });
const reads = able(agent, 'secret-read', { scopeUid: CLUSTER_UID });

describe('daemonset-reaches-every-node', () => {
  it('fails an account with rights over the cluster or another namespace', async () => {
    const { findings } = await judge(rule, [...everywhere, reads]);
    expect(findings).toMatchObject([
      {
        identity: agent,
        severity: 'medium',
        evidence: { daemon_sets: 1, token_mounted: true, can: ['secret-read'], in_scopes: [CLUSTER_UID] },
      },
    ]);
    const next = able(agent, 'secret-read', { scopeUid: 'k8s:demo:namespace:pay' });
    expect((await judge(rule, [...everywhere, next])).found).toEqual({ 'serviceaccount:logs/agent': 'fail' });
  });

  it('rises with an administrator', async () => {
    const { findings } = await judge(rule, [...everywhere, able(agent, 'admin', { scopeUid: CLUSTER_UID })]);
    expect(findings).toMatchObject([{ severity: 'high' }]);
  });

  it('passes rights in the own namespace, none at all, and a token that no daemon set mounts', async () => {
    const own = able(agent, 'secret-read', { scopeUid: 'k8s:demo:namespace:logs' });
    const worlds = [
      [...everywhere, own],
      everywhere,
      [...daemon({ mountedBy: ['k8s:demo:job:logs/once'] }), reads],
    ];
    for (const rows of worlds) expect(await judge(rule, rows)).toMatchObject({ found: {}, passed: 1 });
  });

  it('does not know what is mounted where nobody says, nor what is not certain', async () => {
    const unknown = { 'serviceaccount:logs/agent': 'unknown' };
    expect((await judge(rule, [...daemon(null), reads])).found).toEqual(unknown);
    const perhaps = able(agent, 'admin', { scopeUid: CLUSTER_UID, certainty: 'unknown' });
    expect((await judge(rule, [...everywhere, perhaps])).found).toEqual(unknown);
  });

  it('leaves alone other workloads and provider-managed accounts', async () => {
    const theirs = [...daemon({ mountedBy: [uid] }, { managedBy: 'provider' }), reads];
    expect(await judge(rule, theirs)).toMatchObject({ found: {}, passed: 0 });
    const deployment: PartialRows[] = [
      serviceAccount('logs/agent', { raw: { mountedBy: ['w'] } }),
      { workloads: [{ uid: 'w', identityUid: agent, kind: 'deployment', name: 'agent' }] },
    ];
    expect(await judge(rule, [...deployment, reads])).toMatchObject({ found: {}, passed: 0 });
  });

  it('does not know where grants were not collected', async () => {
    const { found } = await judge(rule, [...everywhere, notRead('grants', CLUSTER_UID)]);
    expect(found).toEqual({ 'serviceaccount:logs/agent': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
