import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { assignment } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { CLUSTER_UID, clusterBinding, clusterRole, roleBinding } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'grants-to-everyone';
const group = (name: string) => ({ principalUid: `k8s:demo:group:${name}`, principalKind: 'group' }) as const;

describe('grants-to-everyone', () => {
  it('fails bindings to everyone who can log in and to anyone at all, each by itself', async () => {
    const { findings } = await judge(rule, [
      clusterRole('reader', { breadth: 'all-resources' }),
      clusterBinding('a', 'reader', 'x/x', { uid: 'a', ...group('system:authenticated') }),
      roleBinding('shop/b', 'reader', 'x/x', { uid: 'b', ...group('system:unauthenticated') }),
    ]);
    expect(findings).toMatchObject([
      { subject: 'a', severity: 'high', evidence: { role_name: 'reader', breadth: 'all-resources' } },
      { subject: 'b', scope: 'k8s:demo:namespace:shop' },
    ]);
  });

  it('fails a grant to everyone in other systems, and does not know where a condition decides', async () => {
    const { found } = await judge(rule, [
      assignment('*', 'reader', { uid: 'plain', principalKind: 'everyone' }),
      assignment('*', 'reader', { uid: 'with', principalKind: 'everyone', condition: { expression: 'x' } }),
    ]);
    expect(found).toEqual({ plain: 'fail', with: 'unknown' });
  });

  it('fails a binding to the name of whoever does not log in', async () => {
    const { found } = await judge(rule, [
      clusterBinding('a', 'reader', 'x/x', { uid: 'a', principalUid: 'k8s:demo:user:system:anonymous' }),
      clusterBinding('b', 'reader', 'x/y', { uid: 'b', principalUid: 'k8s:demo:user:anonymous' }),
    ]);
    expect(found).toEqual({ a: 'fail' });
  });

  it('fails bindings of Google to anyone and to all accounts, whatever kind they were given', async () => {
    const { found } = await judge(rule, [
      googleBinding('anyone', 'gcp:allUsers', 'external'),
      googleBinding('accounts', 'gcp:allAuthenticatedUsers', 'group'),
      googleBinding('one', gsaUid('app'), 'identity'),
      googleBinding('domain', 'gcp:domain:acme.example', 'group'),
    ]);
    expect(found).toEqual({ anyone: 'fail', accounts: 'fail' });
  });

  it('fails an assignment of Azure to the principal that stands for all', async () => {
    const all = 'entra:tenant:group:00000000-0000-0000-0000-000000000000';
    const { found } = await judge(rule, [
      assignment(all, 'reader', { uid: 'all', principalKind: 'group' }),
      assignment('entra:tenant:group:1', 'reader', { uid: 'some', principalKind: 'group' }),
    ]);
    expect(found).toEqual({ all: 'fail' });
  });

  it('passes what a cluster gives everyone by itself, not a role of one’s own with another name', async () => {
    const { found, passed } = await judge(rule, [
      clusterBinding('system:discovery', 'system:discovery', 'x/x', {
        uid: 'a',
        ...group('system:authenticated'),
      }),
      clusterBinding('system:discovery', 'system:discovery-too', 'x/x', {
        uid: 'b',
        ...group('system:authenticated'),
      }),
    ]);
    expect({ found, passed }).toEqual({ found: { b: 'fail' }, passed: 1 });
  });

  it('leaves other groups alone, those whose names merely look alike too', async () => {
    const { found, passed } = await judge(rule, [
      clusterBinding('a', 'reader', 'x/x', group('team')),
      clusterBinding('b', 'reader', 'x/y', group('oidc:system:authenticated')),
      clusterBinding('c', 'reader', 'x/z', group('system:serviceaccounts')),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where grants were not collected', async () => {
    const { found } = await judge(rule, [clusterRole('reader'), notRead('grants', CLUSTER_UID)]);
    expect(found).toEqual({ [`scope ${CLUSTER_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function googleBinding(
  uid: string,
  principalUid: string,
  principalKind: 'identity' | 'group' | 'external',
): PartialRows {
  const home = { system: 'gcp', scopeUid: PROJECT_UID, roleUid: 'gcp:roles/viewer' } as const;
  return { grants: [{ ...home, uid, principalUid, principalKind }] };
}
