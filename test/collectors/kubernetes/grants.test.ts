import { describe, expect, it } from 'vitest';
import { breadthOf } from '#collectors/kubernetes/rows/breadth.ts';
import type { Json } from '#model/system.ts';
import { complaints, importTexts, listOf, only, type Rows } from './importing.ts';
import { type Fields, RBAC, served } from './objects.ts';

const VIEW = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

function bind(where: string, subjects: unknown, roleRef: unknown = VIEW): Fields {
  return served(RBAC, where.includes('/') ? 'RoleBinding' : 'ClusterRoleBinding', where, {
    roleRef,
    subjects,
  });
}

function importAll(...objects: readonly unknown[]): Promise<Rows> {
  return importTexts({ 'all.json': listOf(...objects) });
}

describe('a binding', () => {
  it('of a namespace is a grant there, with what it says kept as it is', async () => {
    const subject = { kind: 'ServiceAccount', name: 'api', namespace: 'shop' };
    const { grants } = await importAll(bind('pay/read', [subject]));
    expect(only(grants)).toEqual({
      uid: 'k8s:prod:rolebinding:pay/read#serviceaccount:shop/api',
      system: 'kubernetes',
      scopeUid: 'k8s:prod:namespace:pay',
      principalUid: 'k8s:prod:serviceaccount:shop/api',
      principalKind: 'identity',
      roleUid: 'k8s:prod:clusterrole:view',
      kind: 'role-binding',
      state: 'active',
      condition: null,
      resourceUid: null,
      createdAt: '2026-01-02T03:04:05.000Z',
      raw: { binding: 'read', roleRef: VIEW, subject, namespace: 'pay' },
    });
  });

  it('of the cluster is a grant for each subject, each once', async () => {
    const subjects = [
      { kind: 'User', name: 'ann' },
      { kind: 'Group', name: 'ops' },
      { kind: 'User', name: 'ann' },
    ];
    const { grants } = await importAll(bind('b', subjects));
    expect(
      grants.map(({ uid, scopeUid, principalUid, principalKind }) => [
        uid,
        scopeUid,
        principalUid,
        principalKind,
      ]),
    ).toEqual([
      ['k8s:prod:clusterrolebinding:b#user:ann', 'k8s:prod', 'k8s:prod:user:ann', 'identity'],
      ['k8s:prod:clusterrolebinding:b#group:ops', 'k8s:prod', 'k8s:prod:group:ops', 'group'],
    ]);
  });

  it('means its own namespace where a ServiceAccount has none', async () => {
    const { grants } = await importAll(bind('pay/read', [{ kind: 'ServiceAccount', name: 'api' }]));
    expect(only(grants).principalUid).toBe('k8s:prod:serviceaccount:pay/api');
  });

  it('of the cluster means nobody where a ServiceAccount has no namespace, which is said', async () => {
    const { grants, identities, coverage } = await importAll(
      bind('b', [{ kind: 'ServiceAccount', name: 'api' }]),
    );
    expect(only(grants)).toMatchObject({
      principalUid: 'k8s:prod:serviceaccount:/api',
      raw: { namespace: null },
    });
    expect(identities).toEqual([]);
    expect(coverage.find(({ detail }) => detail?.includes('is nobody'))?.status).toBe('complete');
  });

  it('to a user who is called like a ServiceAccount is a grant to the ServiceAccount', async () => {
    const { grants } = await importAll(bind('b', [{ kind: 'User', name: 'system:serviceaccount:pay:api' }]));
    expect(only(grants)).toMatchObject({
      uid: 'k8s:prod:clusterrolebinding:b#user:system:serviceaccount:pay:api',
      principalUid: 'k8s:prod:serviceaccount:pay/api',
    });
  });

  it.each(['system:serviceaccount:pay', 'system:serviceaccount::api', 'system:serviceaccount:pay:api:x'])(
    'to the user %s is a grant to a user',
    async (name) => {
      const { grants } = await importAll(bind('b', [{ kind: 'User', name }]));
      expect(only(grants).principalUid).toBe(`k8s:prod:user:${name}`);
    },
  );

  it('keeps its reference to a role that does not exist', async () => {
    const { grants, roles } = await importAll(
      bind('pay/b', [{ kind: 'User', name: 'ann' }], { kind: 'Role', name: 'gone' }),
    );
    expect(only(grants).roleUid).toBe('k8s:prod:role:pay/gone');
    expect(roles).toEqual([]);
  });

  it('of the cluster finds no Role, wherever there is one of that name', async () => {
    const { grants } = await importAll(
      bind('b', [{ kind: 'User', name: 'ann' }], { kind: 'Role', name: 'reader' }),
    );
    expect(only(grants).roleUid).toBe('k8s:prod:role:/reader');
  });

  it('without subjects grants nothing', async () => {
    const rows = await importAll(bind('a', undefined), bind('b', null), bind('c', []));
    expect(rows.grants).toEqual([]);
    expect(complaints(rows)).toEqual([]);
  });

  it('with a subject that is none keeps the others, and the gap is in the grants', async () => {
    const subjects = [{ kind: 'Robot', name: 'r' }, 'ann', { kind: 'User' }, { kind: 'User', name: 'ann' }];
    const rows = await importAll(bind('b', subjects));
    expect(rows.grants).toHaveLength(1);
    expect(complaints(rows).map((detail) => detail.replace(/^.*b: /u, ''))).toEqual([
      '2 subjects have no kind or no name, the first is subject 2',
      '1 subjects are of kinds that RBAC does not know, the first of "Robot"',
    ]);
    expect(
      rows.coverage.filter(({ call }) => call === 'import file').every(({ feed }) => feed === 'grants'),
    ).toBe(true);
  });

  it('without a reference to a role is a gap in the grants', async () => {
    const rows = await importAll(bind('pay/b', [], { kind: 'Role' }));
    expect(complaints(rows)).toEqual([
      'prod/all.json: item 1 of byte 0: RoleBinding pay/b: roleRef.name: Invalid input: expected string, received undefined',
    ]);
  });
});

describe('a role', () => {
  it('keeps its rules as they are, with the aggregation rule', async () => {
    const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }];
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] };
    const { roles } = await importAll(
      served(RBAC, 'Role', 'pay/reader', { rules }),
      served(RBAC, 'ClusterRole', 'all', { rules, aggregationRule }),
    );
    expect(roles.map(({ uid, scopeUid, kind, document }) => [uid, scopeUid, kind, document])).toEqual([
      ['k8s:prod:role:pay/reader', 'k8s:prod:namespace:pay', 'role', { rules }],
      ['k8s:prod:clusterrole:all', 'k8s:prod', 'cluster-role', { rules, aggregationRule }],
    ]);
  });

  it('of a server keeps the rules that are stored where aggregation would give others, which is said', async () => {
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] };
    const { roles, coverage } = await importAll(
      served(RBAC, 'ClusterRole', 'all', { rules: null, aggregationRule }),
      served(
        RBAC,
        'ClusterRole',
        'part',
        { rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }] },
        { labels: { a: 'b' } },
      ),
    );
    expect(roles[0]?.document).toEqual({ rules: [], aggregationRule });
    expect(only(coverage.filter(({ call }) => call === 'aggregated ClusterRoles'))).toMatchObject({
      feed: null,
      status: 'complete',
    });
  });

  it('whose rules are no list is a gap in the roles', async () => {
    const rows = await importAll(served(RBAC, 'Role', 'pay/r', { rules: 'all' }));
    expect(rows.roles).toEqual([]);
    expect(complaints(rows)).toHaveLength(1);
  });

  it('with a malformed rule keeps it, and its breadth is not known', async () => {
    const rules = [{ verbs: 'get' }];
    const rows = await importAll(served(RBAC, 'Role', 'pay/r', { rules }));
    expect(only(rows.roles)).toMatchObject({ document: { rules }, breadth: null });
    expect(complaints(rows)).toHaveLength(1);
  });
});

describe('breadthOf', () => {
  const rule = (
    verbs: string[],
    apiGroups: string[],
    resources: string[],
    resourceNames: string[] = [],
  ): Json => ({
    verbs,
    apiGroups,
    resources,
    resourceNames,
  });
  it.each([
    ['nothing', [], 'limited'],
    ['every verb on everything', [rule(['*'], ['*'], ['*'])], 'everything'],
    [
      'that among other rules',
      [rule(['get'], [''], ['pods']), rule(['get', '*'], ['', '*'], ['*', 'pods'])],
      'everything',
    ],
    [
      'the parts of it in several rules',
      [rule(['*'], ['*'], ['pods']), rule(['*'], [''], ['*'])],
      'all-actions',
    ],
    [
      'every verb by name',
      [rule(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'], ['*'], ['*'])],
      'all-resources',
    ],
    ['every verb on one kind', [rule(['*'], [''], ['secrets'])], 'all-actions'],
    ['every verb on one object', [rule(['*'], [''], ['secrets'], ['a'])], 'limited'],
    ['every verb on every object of one name', [rule(['*'], ['*'], ['*'], ['a'])], 'limited'],
    ['reading everything', [rule(['get', 'list'], ['*'], ['*'])], 'all-resources'],
    ['reading everything of a group', [rule(['get'], ['apps'], ['*'])], 'limited'],
    ['every subresource of pods', [rule(['get'], ['*'], ['pods/*'])], 'limited'],
    ['every verb on every path', [{ verbs: ['*'], nonResourceURLs: ['*'] }], 'limited'],
    ['lists that are null', [{ verbs: ['get'], apiGroups: null, resources: null }], 'limited'],
  ])('calls %s %j → %s', (_, rules, breadth) => expect(breadthOf(rules)).toBe(breadth));

  it.each([['text'], [{ verbs: 'get' }], [{ verbs: [1] }], [null]])('does not know what %j gives', (one) => {
    expect(breadthOf([one])).toBeNull();
  });
});
