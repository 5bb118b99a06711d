import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { clusterGroupUid, clusterUserUid, serviceAccountUid } from '#model/uid.ts';
import type { Estate } from './estate.ts';
import type { Named } from './named.ts';
import { userUid } from './subjects.ts';

/**
 * The groups that something names, and who is in them: of the groups that Kubernetes fills itself everybody whom it
 * puts there (https://kubernetes.io/docs/reference/access-authn-authz/authentication/), of all others whom certificates
 * and aws-auth name.
 */
export function* groupRows(estate: Estate, named: Named): Generator<Observation> {
  const { cluster, uid } = estate;
  for (const name of named.groups) {
    yield observe('groups', {
      uid: clusterGroupUid(cluster, name),
      system: 'kubernetes',
      scopeUid: uid,
      kind: 'group',
      name,
      implicit: isImplicit(name),
      raw: null,
    });
  }
  const seen = new Set<string>();
  for (const [group, memberUid] of members(estate, named)) {
    const key = JSON.stringify([group, memberUid]);
    if (!named.groups.has(group) || seen.has(key)) continue;
    seen.add(key);
    const groupUid = clusterGroupUid(cluster, group);
    const row = { groupUid, memberUid, memberKind: 'identity', system: 'kubernetes', scopeUid: uid } as const;
    yield observe('memberships', row);
  }
}

function isImplicit(group: string): boolean {
  return (
    group === 'system:authenticated' ||
    group === 'system:unauthenticated' ||
    group === 'system:serviceaccounts' ||
    group.startsWith('system:serviceaccounts:')
  );
}

function* members(
  { cluster, objects }: Estate,
  named: Named,
): Generator<readonly [group: string, member: Uid]> {
  for (const { meta } of objects.ServiceAccount.values()) {
    const member = serviceAccountUid(cluster, meta.namespace, meta.name);
    yield ['system:authenticated', member];
    yield ['system:serviceaccounts', member];
    yield [`system:serviceaccounts:${meta.namespace}`, member];
  }
  for (const { meta } of objects.Node.values()) {
    const member = clusterUserUid(cluster, `system:node:${meta.name}`);
    yield ['system:authenticated', member];
    // https://kubernetes.io/docs/reference/access-authn-authz/node/
    yield ['system:nodes', member];
  }
  for (const user of named.users.keys()) {
    const isAnonymous = user === 'system:anonymous';
    yield [isAnonymous ? 'system:unauthenticated' : 'system:authenticated', clusterUserUid(cluster, user)];
  }
  for (const { group, user } of named.members) yield [group, userUid(cluster, user)];
}
