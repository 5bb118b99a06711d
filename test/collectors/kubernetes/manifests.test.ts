import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaints, importPaths, importTexts, statuses } from './importing.ts';

const FOLDER = join(process.cwd(), '../shared/data/kubernetes/manifests');
const MISSING = existsSync(FOLDER) ? '' : ' (skipped: ../shared/data/kubernetes is missing)';

describe.skipIf(MISSING !== '')(`the manifests of Argo CD and kube-prometheus${MISSING}`, () => {
  it('give every Role, ClusterRole, binding, ServiceAccount and workload, and no complaint', async () => {
    const rows = await importPaths(FOLDER);
    expect(complaints(rows)).toEqual([]);
    expect(rows.roles.filter(({ kind }) => kind === 'cluster-role')).toHaveLength(11);
    expect(rows.roles.filter(({ kind }) => kind === 'role')).toHaveLength(10);
    expect(rows.grants).toHaveLength(21);
    expect(rows.identities).toHaveLength(7);
    expect(rows.workloads).toHaveLength(7);
  });

  it('are no proof of what else the cluster holds', async () => {
    const rows = await importPaths(FOLDER);
    expect(new Set(Object.values(statuses(rows, 'roles')))).toEqual(new Set(['partial']));
    expect(new Set(Object.values(statuses(rows, 'identities')))).toEqual(new Set(['partial', 'skipped']));
    expect(new Set(Object.values(statuses(rows, 'credentials')))).toEqual(new Set(['skipped']));
    expect(new Set(Object.values(statuses(rows, 'usages')))).toEqual(new Set(['skipped']));
  });
});

const ROLE =
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: NAME, namespace: pay}\nrules: []\n';

function role(name: string): string {
  return ROLE.replace('NAME', name);
}

async function roleNames(text: string): Promise<string[]> {
  const { roles } = await importTexts({ 'roles.yaml': text });
  return roles.map(({ name }) => name);
}

describe('a YAML manifest', () => {
  it.each([
    ['one document', role('a'), ['a']],
    ['several documents', `---\n${role('a')}---\n${role('b')}`, ['a', 'b']],
    [
      'comments and empty documents between',
      `# x\n---\n---\n# y\n---\n${role('a')}...\n---\n${role('b')}---\n`,
      ['a', 'b'],
    ],
    ['content on the line of the mark', `--- # Source: chart\n${role('a')}`, ['a']],
    ['directives', `%YAML 1.2\n---\n${role('a')}`, ['a']],
    ['Windows line ends', role('a').replaceAll('\n', '\r\n'), ['a']],
    ['a byte order mark', `\uFEFF${role('a')}`, ['a']],
    [
      'a sequence of objects',
      `- ${role('a').trim().replaceAll('\n', '\n  ')}\n- ${role('b').trim().replaceAll('\n', '\n  ')}`,
      ['a', 'b'],
    ],
    [
      'objects of kinds that nobody needs',
      `${role('a')}---\napiVersion: v1\nkind: Service\nmetadata: {name: [}\n`,
      ['a'],
    ],
    [
      'another object of the same kind in another API group',
      `${role('a')}---\napiVersion: iam.example.com/v1\nkind: Role\nmetadata: {name: b}\n`,
      ['a'],
    ],
    [
      'document marks within a text',
      `${role('a')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: d}\ndata:\n  x: |\n    ---\n    y\n`,
      ['a'],
    ],
  ])('is read with %s', async (_, text, names) => expect(await roleNames(text)).toEqual(names));

  it('may be a list, typed or not, whose items need not repeat the kind of a typed one', async () => {
    const typed =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems:\n- metadata: {name: a, namespace: b}\n  rules: []\n';
    expect(await roleNames(typed)).toEqual(['a']);
    expect(
      await roleNames(
        'apiVersion: v1\nkind: List\nitems:\n- apiVersion: rbac.authorization.k8s.io/v1\n  kind: Role\n  metadata: {name: a, namespace: b}\n',
      ),
    ).toEqual(['a']);
  });

  it('may use anchors and merge keys', async () => {
    const text = `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a, namespace: b}\nrules:\n- &all\n  apiGroups: [""]\n  resources: [pods]\n  verbs: [get]\n- <<: *all\n  resources: [secrets]\n`;
    const { roles } = await importTexts({ 'role.yaml': text });
    expect(roles[0]?.document).toEqual({
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
      ],
    });
  });

  it('says yes and no as YAML 1.1 does', async () => {
    const text =
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: b}\nautomountServiceAccountToken: no\n';
    const { identities } = await importTexts({ 'sa.yaml': text });
    expect(identities[0]?.raw).toMatchObject({ automountServiceAccountToken: false });
  });

  it('lands in the namespace default where it names none, which is said', async () => {
    const { identities, coverage } = await importTexts({
      'sa.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n',
    });
    expect(identities[0]?.uid).toBe('k8s:prod:serviceaccount:default/a');
    expect(coverage.find(({ call }) => call === 'manifests')?.detail).toBe(
      '1 objects name no namespace and count as of default, where kubectl apply would put them',
    );
  });

  it('counts as it stands in the last of several, which is said, unless they agree', async () => {
    const other = role('a').replace(
      'rules: []',
      'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]',
    );
    const rows = await importTexts({ '1.yaml': role('a'), '2.yaml': role('a'), '3.yaml': other });
    expect(rows.roles).toHaveLength(1);
    expect(rows.roles[0]?.document).toMatchObject({ rules: [{ verbs: ['get'] }] });
    expect(complaints(rows)).toEqual([
      'prod/3.yaml: document 1, line 1: Role pay/a: differs from the one in prod/2.yaml: document 1, line 1; this one counts',
    ]);
  });
});
