import { describe, expect, it } from 'vitest';
import { FEEDS } from '#model/scope.ts';
import { complaints, gaps, importTexts, listOf, only, type Rows, statuses } from './importing.ts';
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

describe('what cannot be read', () => {
  const complete = [role, clusterRole, account('pay/api')];
  const broken = (name: string, ...objects: readonly unknown[]): Promise<Rows> =>
    importTexts({
      'all.json': listOf(...complete),
      [name]: JSON.stringify(listOf(...objects)).slice(0, -60),
    });
  const binding = served(RBAC, 'RoleBinding', 'pay/b', {
    roleRef: { kind: 'Role', name: 'r' },
    subjects: [],
  });

  const service = served('v1', 'Service', 'pay/web');

  it('leaves a gap in what the file is about', async () => {
    expect(gaps(await broken('x.json', binding, binding))).toEqual(['grants', 'groups']);
    expect(gaps(await broken('x.json', role, binding, binding))).toEqual(['grants', 'groups', 'roles']);
  });

  it('leaves a gap in what the file is named after, where nothing of it was read', async () => {
    expect(gaps(await broken('rolebindings.json', service, service))).toEqual(['grants', 'groups']);
  });

  it('leaves a gap in everything, where nobody knows what it is', async () => {
    const rows = await broken('x.json', service, service);
    expect(gaps(rows)).toEqual(FEEDS.filter((feed) => feed !== 'resource-policies').toSorted());
  });

  it('leaves a gap in what the document or item says it is, in YAML', async () => {
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: [}\n';
    const item = `- ${deployment.trim().replaceAll('\n', '\n  ')}\n`;
    const all = listOf(...complete);
    expect(gaps(await importTexts({ 'all.json': all, 'x.yaml': deployment }))).toEqual(['workloads']);
    expect(
      gaps(await importTexts({ 'all.json': all, 'x.yaml': `apiVersion: v1\nitems:\n${item}kind: List\n` })),
    ).toEqual(['workloads']);
  });

  it('tells of every gap, though not of every fault', async () => {
    const faults = Array.from({ length: 100 }, () => ({
      ...account('pay/api'),
      automountServiceAccountToken: 7,
    }));
    const rows = await importTexts({
      'all.json': listOf(...complete, ...faults, { ...binding, roleRef: 7 }),
    });
    expect(gaps(rows)).toEqual(['grants', 'groups', 'identities', 'owners', 'trusts']);
    expect(complaints(rows)).toHaveLength(52);
  });

  it('includes the rest of a list that was exported with a limit', async () => {
    const list = { kind: 'RoleList', apiVersion: RBAC, metadata: { continue: 'abc' }, items: [role] };
    const rows = await importTexts({ 'all.json': listOf(...complete), 'x.json': list });
    expect(gaps(rows)).toEqual(['roles']);
    expect(only(complaints(rows))).toContain('the list goes on');
  });

  it('is a failure without a cluster where nothing at all was read', async () => {
    const rows = await importTexts({ 'x.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: [\n' });
    expect(rows.scopes).toEqual([]);
    expect(only(rows.coverage)).toMatchObject({ scopeUid: null, feed: null, status: 'failed' });
  });
});

describe('a list that is too long to be read at once', () => {
  const pad = 'x'.repeat(5_000_000);
  const padded = (name: string): unknown => {
    const { apiVersion: _, kind: __, ...rest } = account(`pay/${name}`, { annotations: { pad } });
    return rest;
  };

  it('is read element by element, its kind standing before or after', async () => {
    const raw = {
      kind: 'ServiceAccountList',
      apiVersion: 'v1',
      metadata: {},
      items: [padded('a'), padded('b')],
    };
    const printed = listOf(
      account('pay/c', { annotations: { pad } }),
      account('pay/d', { annotations: { pad } }),
    );
    const rows = await importTexts({ 'raw.json': raw, 'printed.json': printed });
    expect(rows.identities.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(complaints(rows)).toEqual([]);
  });

  it('may be followed by single objects', async () => {
    const text = [
      listOf(account('pay/a', { annotations: { pad } }), account('pay/b', { annotations: { pad } })),
      account('pay/c'),
    ];
    const rows = await importTexts({ 'all.json': text.map((one) => JSON.stringify(one)).join('\n') });
    expect(rows.identities.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('and was exported with a limit is not the whole', async () => {
    const raw = {
      kind: 'ServiceAccountList',
      apiVersion: 'v1',
      metadata: { continue: 'abc' },
      items: [padded('a'), padded('b')],
    };
    expect(gaps(await importTexts({ 'raw.json': raw }))).toEqual(['identities', 'owners', 'trusts']);
  });
});
