import { describe, expect, it } from 'vitest';
import type { Subject } from '#contract/action.ts';
import { deleteServiceAccount } from '#playbooks/actions/kubernetes/delete-service-account.ts';
import { deleteTokenSecret } from '#playbooks/actions/kubernetes/delete-token-secret.ts';
import { disableAutomount } from '#playbooks/actions/kubernetes/disable-automount.ts';
import { kubernetesActions } from '#playbooks/actions/kubernetes/index.ts';
import { removeRoleBinding } from '#playbooks/actions/kubernetes/remove-role-binding.ts';
import { credential, grant, identity } from '../rows.ts';
import { clusterServer } from './cluster-server.ts';

const APP = identity({
  uid: 'k8s:prod:serviceaccount:pay/app',
  system: 'kubernetes',
  scopeUid: 'k8s:prod',
  kind: 'service-account',
  name: 'app',
});
const PLACE = { cluster: 'prod', namespace: 'pay', name: 'app' };
const ACCOUNT = '/api/v1/namespaces/pay/serviceaccounts/app';
const SECRET = '/api/v1/namespaces/pay/secrets/token';
const BINDING = '/apis/rbac.authorization.k8s.io/v1/namespaces/pay/rolebindings/b';
const REMOVAL = { cluster: 'prod', namespace: 'pay', binding: 'b', subject: 'serviceaccount:pay/app' };
const binding = (...subjects: object[]) => ({
  metadata: { name: 'b', labels: { team: 'pay' } },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
  subjects,
});
const app = { kind: 'ServiceAccount', name: 'app' };
const ada = { kind: 'User', name: 'ada' };

function asked(subject: Subject): Record<string, unknown> {
  const all = kubernetesActions.map(({ id, parametersFor }) => [id, parametersFor(subject)] as const);
  return Object.fromEntries(all.filter(([, parameters]) => parameters !== null));
}

describe('Kubernetes actions', () => {
  it('are for the rows of a ServiceAccount, by the names of its cluster', () => {
    expect(asked(APP)).toEqual({
      'kubernetes/disable-automount': PLACE,
      'kubernetes/delete-service-account': PLACE,
    });
    expect(asked(credential(APP, { kind: 'service-account-token', name: 'token' }))).toEqual({
      'kubernetes/delete-token-secret': { ...PLACE, secret: 'token' },
    });
    const uid = 'k8s:prod:rolebinding:pay/b#serviceaccount:pay/app';
    const raw = { binding: 'b', namespace: 'pay', roleRef: null, subject: null };
    expect(asked(grant(APP, { uid, kind: 'role-binding', raw }))).toEqual({
      'kubernetes/remove-role-binding': REMOVAL,
    });
  });

  it('refuse another cluster than the one that the credentials are of, and names that are paths', async () => {
    const { context, requests } = await clusterServer();
    const other = disableAutomount.read({ ...PLACE, cluster: 'test' }, context);
    await expect(other).rejects.toMatchObject({ failure: 'refused' });
    const path = deleteServiceAccount.read({ ...PLACE, name: '..' }, context);
    await expect(path).rejects.toMatchObject({ failure: 'refused' });
    expect(requests).toEqual([]);
  });
});

describe('kubernetes/remove-role-binding', () => {
  it('takes one of several subjects out, and puts it back in its place', async () => {
    const { context, objects, put } = await clusterServer();
    put(BINDING, binding(app, ada));
    const before = await removeRoleBinding.read(REMOVAL, context);
    await removeRoleBinding.act(REMOVAL, before, context);
    expect(objects.get(BINDING)?.['subjects']).toEqual([ada]);
    expect(await removeRoleBinding.read(REMOVAL, context)).toMatchObject({ present: true, done: true });
    await removeRoleBinding.undo?.(REMOVAL, before, context);
    expect(objects.get(BINDING)).toMatchObject(binding(app, ada));
  });

  it('deletes a binding whose only subject it was, and makes it again with its labels', async () => {
    const { context, objects, put } = await clusterServer();
    put(BINDING, binding(app));
    const before = await removeRoleBinding.read(REMOVAL, context);
    await removeRoleBinding.act(REMOVAL, before, context);
    expect(objects.has(BINDING)).toBe(false);
    expect(await removeRoleBinding.read(REMOVAL, context)).toMatchObject({ present: false, done: true });
    await removeRoleBinding.undo?.(REMOVAL, before, context);
    expect(objects.get(BINDING)).toMatchObject(binding(app));
  });

  it('tells its own subject the same, whoever else was taken out before', async () => {
    const { context, put } = await clusterServer();
    put(BINDING, binding(app, ada));
    const before = await removeRoleBinding.read(REMOVAL, context);
    put(BINDING, binding(app));
    expect((await removeRoleBinding.read(REMOVAL, context)).document).toEqual(before.document);
  });

  it('ends in a conflict where somebody changed the binding since it was read', async () => {
    const { context, objects, put } = await clusterServer();
    put(BINDING, binding(app));
    const before = await removeRoleBinding.read(REMOVAL, context);
    put(BINDING, binding(app, ada));
    const act = removeRoleBinding.act(REMOVAL, before, context);
    await expect(act).rejects.toMatchObject({ failure: 'conflict' });
    expect(objects.get(BINDING)).toMatchObject(binding(app, ada));
  });

  it('adds what it took at the end where others changed the binding since', async () => {
    const { context, objects, put } = await clusterServer();
    const eve = { kind: 'User', name: 'eve' };
    put(BINDING, binding(app, ada));
    const before = await removeRoleBinding.read(REMOVAL, context);
    put(BINDING, binding(eve));
    await removeRoleBinding.undo?.(REMOVAL, before, context);
    expect(objects.get(BINDING)?.['subjects']).toEqual([eve, app]);
  });
});

describe('kubernetes/disable-automount', () => {
  it.each([true, null])('sets it to false and back to %j', async (automount) => {
    const { context, objects, put } = await clusterServer();
    put(ACCOUNT, {
      metadata: { name: 'app' },
      ...(automount === null ? {} : { automountServiceAccountToken: automount }),
    });
    const before = await disableAutomount.read(PLACE, context);
    await disableAutomount.act(PLACE, before, context);
    expect(objects.get(ACCOUNT)?.['automountServiceAccountToken']).toBe(false);
    await disableAutomount.undo?.(PLACE, before, context);
    expect(objects.get(ACCOUNT)?.['automountServiceAccountToken'] ?? null).toBe(automount);
  });
});

describe('what deletes in Kubernetes', () => {
  it('deletes a token Secret of the ServiceAccount and no other Secret', async () => {
    const { context, objects, put } = await clusterServer();
    const parameters = { ...PLACE, secret: 'token' };
    put(SECRET, { metadata: { annotations: { 'kubernetes.io/service-account.name': 'other' } } });
    await expect(deleteTokenSecret.read(parameters, context)).rejects.toMatchObject({ failure: 'refused' });
    put(SECRET, { metadata: { annotations: { 'kubernetes.io/service-account.name': 'app' } } });
    const before = await deleteTokenSecret.read(parameters, context);
    await deleteTokenSecret.act(parameters, before, context);
    expect(objects.has(SECRET)).toBe(false);
  });

  it('leaves a ServiceAccount alone that was made again since', async () => {
    const { context, objects, put } = await clusterServer();
    put(ACCOUNT, { metadata: { name: 'app' } });
    const before = await deleteServiceAccount.read(PLACE, context);
    objects.delete(ACCOUNT);
    put(ACCOUNT, { metadata: { name: 'app' } });
    const act = deleteServiceAccount.act(PLACE, before, context);
    await expect(act).rejects.toMatchObject({ failure: 'conflict' });
    expect(objects.has(ACCOUNT)).toBe(true);
  });
});
