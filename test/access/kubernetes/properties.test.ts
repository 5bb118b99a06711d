import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesRequest } from '#access/engine.ts';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { KUBERNETES_PERMISSIONS } from '#catalogue/kubernetes/permissions.ts';
import { KUBERNETES_RESOURCES } from '#catalogue/kubernetes/resources.ts';
import type { AccessRecords } from '#access/engine.ts';
import type { Capability } from '#model/entitlement.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';

const ROLES = ['ClusterRole/a', 'ClusterRole/b', 'Role/pay/c'];
const RBAC = 'rbac.authorization.k8s.io';

const someOf = (...values: readonly string[]) => fc.subarray([...values], { minLength: 1 });

const rule = fc.record(
  {
    verbs: someOf('get', 'list', 'create', 'delete', 'deletecollection', 'bind', 'impersonate', '*'),
    apiGroups: someOf('', 'apps', RBAC, '*'),
    resources: someOf(
      'pods',
      'secrets',
      'pods/exec',
      '*/exec',
      'deployments',
      'clusterroles',
      'rolebindings',
      'nodes',
      '*',
    ),
    resourceNames: fc.constantFrom([], ['x'], ['*']),
  },
  { requiredKeys: ['verbs', 'apiGroups', 'resources'] },
);

const binding = fc.record({
  key: fc.constantFrom(
    'ClusterRoleBinding/p',
    'ClusterRoleBinding/q',
    'RoleBinding/pay/p',
    'RoleBinding/shop/q',
  ),
  role: fc.constantFrom('ClusterRole/a', 'ClusterRole/b', 'Role/c', 'ClusterRole/none'),
  subjects: someOf('User/ann', 'Group/ops', 'ServiceAccount/pay/api', 'Group/system:authenticated'),
});

const estate: fc.Arbitrary<Estate> = fc
  .tuple(
    fc.array(fc.array(rule, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    fc.array(binding, { maxLength: 5 }),
  )
  .map(([rules, bindings]) => ({
    roles: Object.fromEntries(ROLES.map((role, index) => [role, rules[index] ?? []])),
    bindings: Object.fromEntries(bindings.map(({ key, ...of }) => [key, of])),
    serviceAccounts: ['pay/api', 'shop/web'],
    users: ['ann'],
  }));

const request: fc.Arbitrary<KubernetesRequest> = fc.record({
  principal: fc.constantFrom('ann', 'system:serviceaccount:pay:api', 'nobody'),
  groups: fc.constantFrom(['ops'], ['system:authenticated'], []),
  verb: fc.constantFrom('get', 'list', 'create', 'bind', '*'),
  group: fc.constantFrom('', 'apps', '*'),
  resource: fc.constantFrom('pods', 'secrets', 'nodes', '*'),
  subresource: fc.constantFrom('', 'exec'),
  name: fc.constantFrom('', 'x', 'y'),
  namespace: fc.constantFrom('', 'pay', 'shop'),
});

describe('a decision', () => {
  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(estate, request, (given, asked) => {
        const records = estateRecords(given);
        const turned = { ...records, roles: records.roles.toReversed(), grants: records.grants.toReversed() };
        expect(kubernetesAccess(turned).decide(asked)).toEqual(kubernetesAccess(records).decide(asked));
      }),
    );
  });

  it('that allows is never taken back by another binding', () => {
    fc.assert(
      fc.property(estate, binding, request, (given, { key, ...more }, asked) => {
        const before = kubernetesAccess(estateRecords(given)).decide(asked);
        const bindings = { ...given.bindings, [`${key}-more`]: more };
        const after = kubernetesAccess(estateRecords({ ...given, bindings })).decide(asked);
        expect([before.decision, after.decision]).not.toEqual(['allowed', 'denied']);
      }),
    );
  });

  it('is allowed to whoever may do everything', () => {
    fc.assert(
      fc.property(estate, request, (given, asked) => {
        const roles = {
          ...given.roles,
          'ClusterRole/all': [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        };
        const subjects = ['User/ann', 'User/nobody', 'ServiceAccount/pay/api'];
        const bindings = {
          ...given.bindings,
          'ClusterRoleBinding/all': { role: 'ClusterRole/all', subjects },
        };
        expect(kubernetesAccess(estateRecords({ ...given, roles, bindings })).decide(asked).decision).toBe(
          'allowed',
        );
      }),
    );
  });
});

describe('an entitlement', () => {
  it('is there exactly where some request of it is allowed', () => {
    fc.assert(
      fc.property(estate, (given) => {
        const access = kubernetesAccess(estateRecords(given));
        const entitled = new Set(
          [...access.entitlements()].map(
            ({ identityUid, capability, scopeUid }) => `${identityUid} ${capability} ${scopeUid}`,
          ),
        );
        for (const [capability, scopeUid, asked] of questions()) {
          const isAllowed = asked.some(
            (one) => access.decide({ ...one, principal: 'k8s:prod:user:ann' }).decision === 'allowed',
          );
          // What is allowed in the whole cluster is allowed in a namespace too, but said of the cluster.
          const isEntitled = ['k8s:prod', scopeUid].some((uid) =>
            entitled.has(`k8s:prod:user:ann ${capability} ${uid}`),
          );
          expect([capability, scopeUid, isEntitled]).toEqual([capability, scopeUid, isAllowed]);
        }
      }),
    );
  });
});

describe('edges', () => {
  it('are the same whatever the order of rows', () => {
    fc.assert(
      fc.property(estate, (given) => {
        const records = estateRecords(given);
        expect(edgesOf(reversed(records))).toEqual(edgesOf(records));
      }),
    );
  });
});

function reversed(records: AccessRecords): AccessRecords {
  const { identities, groups, roles, grants, scopes } = records;
  return {
    ...records,
    identities: identities.toReversed(),
    groups: groups.toReversed(),
    roles: roles.toReversed(),
    grants: grants.toReversed(),
    scopes: scopes.toReversed(),
  };
}

function edgesOf(records: AccessRecords): string[] {
  return [...kubernetesAccess(records).edges()].map((edge) => JSON.stringify(edge)).toSorted();
}

/** For each capability and scope the requests that show it, with the names that rules here know. */
function* questions(): Iterable<
  readonly [Capability, string, readonly Omit<KubernetesRequest, 'principal'>[]]
> {
  for (const capability of [
    'secret-read',
    'compute-run',
    'data-delete',
    'identity-admin',
    'impersonate',
  ] as const) {
    for (const [scopeUid, namespace] of [
      ['k8s:prod', 'elsewhere'],
      ['k8s:prod:namespace:pay', 'pay'],
    ] as const) {
      yield [capability, scopeUid, requestsOf(capability, namespace)];
    }
  }
}

/** Requests as they really come: a new object and a collection that is deleted have no name. */
function requestsOf(
  capability: Capability,
  namespace: string,
): readonly Omit<KubernetesRequest, 'principal'>[] {
  return KUBERNETES_PERMISSIONS.filter((row) => row.capability === capability).flatMap(
    ({ group, resources, verbs }) =>
      resources.flatMap((combined) => {
        const [resource = '', subresource = ''] = combined.split('/');
        const cluster = KUBERNETES_RESOURCES.find((known) => known.group === group)?.cluster ?? [];
        const within = cluster.includes(resource) ? '' : namespace;
        return verbs.flatMap((verb) => {
          const isNameless = verb === 'deletecollection' || (verb === 'create' && subresource === '');
          return (isNameless ? [''] : ['', 'x', '*']).map((name) => ({
            verb,
            group,
            resource,
            subresource,
            name,
            namespace: within,
          }));
        });
      }),
  );
}
