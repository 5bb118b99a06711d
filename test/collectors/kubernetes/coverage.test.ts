import { describe, expect, it } from 'vitest';
import { FEEDS } from '#model/scope.ts';
import { importTexts, listOf, only, statuses } from './importing.ts';
import { account, manifest, RBAC, served } from './objects.ts';

const role = served(RBAC, 'Role', 'pay/r', { rules: [] });
const clusterRole = served(RBAC, 'ClusterRole', 'r', { rules: [] });

describe('coverage', () => {
  it('speaks of every feed that a cluster has, and says which export would supply what is missing', async () => {
    const { coverage } = await importTexts({ 'all.json': listOf(served('v1', 'Namespace', 'pay')) });
    const spoken = new Set(coverage.map(({ feed }) => feed));
    expect(FEEDS.filter((feed) => !spoken.has(feed))).toEqual(['resource-policies']);
    expect(coverage.every(({ status }) => status === 'skipped')).toBe(true);
    expect(coverage.find(({ call }) => call === 'kubectl get rolebindings -A')?.detail).toBe(
      'no RoleBinding in the files: kubectl get rolebindings -A -o json',
    );
  });

  it('has a gap where one half of what belongs together was exported', async () => {
    expect(statuses(await importTexts({ 'all.json': listOf(clusterRole) }), 'roles')).toEqual({
      'kubectl get clusterroles': 'complete',
      'kubectl get roles -A': 'partial',
    });
    expect(
      statuses(await importTexts({ 'all.json': listOf(served('v1', 'Node', 'n')) }), 'identities'),
    ).toEqual({
      'kubectl get serviceaccounts -A': 'partial',
      'kubectl get nodes': 'complete',
    });
  });

  it('leaves no gap where what is missing may well not be there', async () => {
    expect(statuses(await importTexts({ 'all.json': listOf(account('pay/api')) }), 'identities')).toEqual({
      'kubectl get serviceaccounts -A': 'complete',
      'kubectl get nodes': 'skipped',
    });
  });

  it('is never complete for manifests', async () => {
    const objects = [
      manifest(RBAC, 'Role', 'pay/r', { rules: [] }),
      manifest(RBAC, 'ClusterRole', 'r', { rules: [] }),
    ];
    expect(statuses(await importTexts({ 'all.json': listOf(...objects) }), 'roles')).toEqual({
      'kubectl get clusterroles': 'partial',
      'kubectl get roles -A': 'partial',
    });
  });

  it('notices namespaces that were left out of the export of ServiceAccounts', async () => {
    const rows = await importTexts({
      'all.json': listOf(
        served('v1', 'Namespace', 'pay'),
        served('v1', 'Namespace', 'shop'),
        account('pay/default'),
      ),
    });
    expect(
      rows.coverage.find(({ feed, call }) => feed === 'identities' && call.includes('serviceaccounts')),
    ).toMatchObject({
      status: 'partial',
      detail: 'no ServiceAccounts of 1 namespaces (shop): was -A given?',
    });
  });

  it.each([
    ['a typed list', 'x.json', { kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: [] }],
    [
      'a typed list whose items are null',
      'x.json',
      { kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: null },
    ],
    [
      'an empty list of metadata, in a file of that name',
      'secrets.json',
      { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', items: [] },
    ],
    ['a file that is named after what was asked for', 'secrets.json', listOf()],
  ])('is complete where %s says that there are none', async (_, name, list) => {
    const rows = await importTexts({ 'all.json': listOf(role), [name]: list });
    expect(statuses(rows, 'credentials')['kubectl get secrets -A']).toBe('complete');
  });

  it('stays silent about an empty list of who knows what', async () => {
    const rows = await importTexts({ 'all.json': listOf(role), 'x.json': listOf() });
    expect(statuses(rows, 'credentials')['kubectl get secrets -A']).toBe('skipped');
  });

  it('says of files without anything about identities that they were seen, and makes no cluster of them', async () => {
    const rows = await importTexts({ 'a.json': listOf(served('v1', 'Service', 'pay/web')) });
    expect(rows.scopes).toEqual([]);
    expect(only(rows.coverage)).toMatchObject({
      scopeUid: null,
      status: 'complete',
      detail: 'prod/a.json: holds no objects that say something about identities',
    });
  });
});
