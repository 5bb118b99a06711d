import type { Uid } from '#model/system.ts';
import { adminUid, namespaceUid } from '#model/uid.ts';
import type { Names } from './powers.ts';
import { type RoleHolders, roleHoldersIn, type StepsOfHolder } from './role-holders.ts';
import { anyOf, type Waypoints } from './waypoints.ts';
import type { World } from './world.ts';

/** A kind of ServiceAccounts that somebody can become at once. */
export type Kind = keyof World['accounts'];

/** The nodes that stand for what a technique reaches. */
export interface Targets {
  /** ServiceAccounts of a namespace (null: of the cluster). Empty where there is none. */
  readonly accounts: (kind: Kind, namespace: string | null, names: Names) => readonly Uid[];
  /** Any one of the cluster's users who is no ServiceAccount, of its nodes, of its groups. */
  readonly any: (kind: 'users' | 'nodes' | 'groups') => readonly Uid[];
  /** Full control over a namespace (null: over the cluster). */
  readonly admin: (namespace: string | null) => Uid;
  readonly roles: RoleHolders;
}

/** The targets of a cluster. */
export function targetsIn(world: World, ask: Waypoints['ask'], stepsOfHolder: StepsOfHolder): Targets {
  const scopeOf = (namespace: string | null): Uid =>
    namespace === null ? world.cluster.uid : namespaceUid(world.name, namespace);
  const anyIn = (kind: Kind, namespace: string): Uid =>
    ask(scopeOf(namespace), kind, () =>
      anyOf([...(world.accounts[kind].get(namespace)?.values() ?? [])].flat()),
    );
  const anywhere = (kind: Kind): Uid =>
    ask(scopeOf(null), kind, () =>
      anyOf([...world.accounts[kind].keys()].map((namespace) => anyIn(kind, namespace))),
    );
  const named = (kind: Kind, name: string): Uid =>
    ask(scopeOf(null), `${kind} named ${name}`, () =>
      anyOf([...world.accounts[kind].values()].flatMap((within) => within.get(name) ?? [])),
    );

  return {
    accounts: (kind, namespace, names) => {
      const index = world.accounts[kind];
      if (names === 'any') {
        if (namespace === null) return index.size === 0 ? [] : [anywhere(kind)];
        return index.has(namespace) ? [anyIn(kind, namespace)] : [];
      }
      const wanted = kind === 'running' ? [...names].flatMap(workloadNames) : [...names];
      if (namespace !== null) return wanted.flatMap((name) => index.get(namespace)?.get(name) ?? []);
      const isKnown = (name: string): boolean => [...index.values()].some((within) => within.has(name));
      return wanted.filter(isKnown).map((name) => named(kind, name));
    },
    any: (kind) => (world[kind].length === 0 ? [] : [ask(scopeOf(null), kind, () => anyOf(world[kind]))]),
    admin: (namespace) => adminUid(scopeOf(namespace)),
    roles: roleHoldersIn(world, ask, stepsOfHolder),
  };
}

/** The names of workloads that a pod of this name may belong to: `web-7d9f-x2` is one of `web`. */
function workloadNames(pod: string): readonly string[] {
  const parts = pod.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}
