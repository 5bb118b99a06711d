import type { Uid } from '#model/system.ts';
import { adminUid, clusterRoleUid, namespaceUid } from '#model/uid.ts';
import { allowsEverything } from './matches.ts';
import type { Names } from './powers.ts';
import type { Step } from './techniques/step.ts';
import { anyOf, type Waypoints } from './waypoints.ts';
import type { World } from './world.ts';

/** What whoever holds a role in a namespace (null: in the whole cluster) can become by it. */
export type StepsOfHolder = (roleUid: Uid, namespace: string | null) => Iterable<Step>;

/** The nodes that stand for holding a role that one can bind oneself to. */
export interface RoleHolders {
  /** Holding ClusterRoles in the whole cluster (null) or in a namespace. */
  readonly clusterRoles: (names: Names, namespace: string | null) => readonly Uid[];
  /** Holding ClusterRoles in any one namespace. */
  readonly clusterRolesAnywhere: (names: Names) => readonly Uid[];
  /** Holding Roles of a namespace (null: of any one). */
  readonly roles: (names: Names, namespace: string | null) => readonly Uid[];
}

/** The holders of a cluster's roles. */
export function roleHoldersIn(
  world: World,
  ask: Waypoints['ask'],
  stepsOfHolder: StepsOfHolder,
): RoleHolders {
  const { cluster, name: clusterName } = world;
  const scopeOf = (namespace: string | null): Uid =>
    namespace === null ? cluster.uid : namespaceUid(clusterName, namespace);

  const holder = (roleUid: Uid, namespace: string | null): Uid => {
    const scopeUid = scopeOf(namespace);
    if (cluster.roles.get(roleUid)?.rules.some(allowsEverything) === true) return adminUid(scopeUid);
    return ask(scopeUid, `holder of ${roleUid}`, () => stepsOfHolder(roleUid, namespace));
  };
  const rolesIn = (names: Names, namespace: string): readonly Uid[] =>
    (world.roles.get(namespace) ?? [])
      .filter((name) => names === 'any' || names.has(name))
      .map((name) => holder(clusterRoleUid(clusterName, name, namespace), namespace));

  return {
    // Among the ClusterRoles there is always one that allows everything.
    clusterRoles: (names, namespace) =>
      names === 'any'
        ? [adminUid(scopeOf(namespace))]
        : [...names].map((name) => holder(clusterRoleUid(clusterName, name), namespace)),
    clusterRolesAnywhere: (names) => {
      const inEach = (what: string, node: (namespace: string) => Uid): Uid =>
        ask(cluster.uid, what, () => anyOf(world.namespaces.map(node)));
      if (names === 'any') return [inEach('namespace admins', (namespace) => adminUid(scopeOf(namespace)))];
      return [...names].map((name) => {
        const roleUid = clusterRoleUid(clusterName, name);
        return inEach(`holders of ${roleUid}`, (namespace) => holder(roleUid, namespace));
      });
    },
    roles: (names, namespace) => {
      if (namespace !== null) return rolesIn(names, namespace);
      const what = names === 'any' ? 'roles' : `roles ${[...names].toSorted().join(' ')}`;
      return [
        ask(cluster.uid, what, () => anyOf(world.namespaces.flatMap((within) => rolesIn(names, within)))),
      ];
    },
  };
}
