import { describe, expect, it } from 'vitest';
import { adminTargets } from '#access/reach/index.ts';
import type { Entitlement } from '#model/entitlement.ts';

const SCOPES = [
  { uid: 'aws:111122223333', system: 'aws', kind: 'account' },
  { uid: '/subscriptions/s', system: 'azure', kind: 'subscription' },
  { uid: '/subscriptions/s/resourcegroups/g', system: 'azure', kind: 'resource-group' },
  { uid: 'gcp:projects/p', system: 'gcp', kind: 'project' },
  { uid: 'k8s:prod', system: 'kubernetes', kind: 'cluster' },
  { uid: 'k8s:prod:namespace:pay', system: 'kubernetes', kind: 'namespace' },
] as const;

describe('the administrators that paths lead to', () => {
  it('are the identities that certainly are admin of an account, a subscription, a project or a cluster', () => {
    const targets = adminTargets(SCOPES, [
      admin('root', 'aws:111122223333'),
      admin('owner', '/subscriptions/s'),
      admin('editor', 'gcp:projects/p'),
      admin('ops', 'k8s:prod'),
    ]);
    expect([...targets]).toEqual(expect.arrayContaining(['root', 'owner', 'editor', 'ops']));
  });

  it('are not those of a namespace or a resource group', () => {
    const within = [
      admin('tenant', 'k8s:prod:namespace:pay'),
      admin('group', '/subscriptions/s/resourcegroups/g'),
    ];
    const targets = adminTargets(SCOPES, within);
    expect(targets.has('tenant') || targets.has('group')).toBe(false);
  });

  it('are not those of whom it is not certain, nor who can do something else', () => {
    const targets = adminTargets(SCOPES, [
      { ...admin('maybe', 'k8s:prod'), certainty: 'conditional' },
      { ...admin('unread', 'k8s:prod'), certainty: 'unknown' },
      { ...admin('reader', 'k8s:prod'), capability: 'secret-read' },
    ]);
    expect(['maybe', 'unread', 'reader'].filter((uid) => targets.has(uid))).toEqual([]);
  });

  it('include the node that stands for full control over each such scope', () => {
    expect([...adminTargets(SCOPES, [])]).toEqual([
      'aws:111122223333:admin',
      '/subscriptions/s:admin',
      'gcp:projects/p:admin',
      'k8s:prod:admin',
    ]);
  });
});

function admin(identityUid: string, scopeUid: string): Entitlement {
  return { identityUid, capability: 'admin', scopeUid, certainty: 'certain', via: [] };
}
