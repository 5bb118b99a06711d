import type { Coverage, Feed } from '#model/scope.ts';
import type { Instant, Uid } from '#model/system.ts';
import { clusterUid, namespaceUid } from '#model/uid.ts';
import { environmentOf } from '#collectors/shared/environment.ts';
import type { ClusterFacts } from '../facts.ts';
import type { Inventory } from '../objects/inventory.ts';
import type { Kind } from '../objects/kinds.ts';
import type { Meta } from '../objects/meta.ts';

/** One cluster, read: what rows are made from. */
export interface Estate {
  readonly cluster: string;
  readonly uid: Uid;
  readonly facts: ClusterFacts;
  readonly objects: Inventory['objects'];
  readonly seen: Inventory['seen'];
  readonly asOf: Instant;
  /** Whether audit logs tell the rest about use. */
  readonly isAudited: boolean;
}

/** Brings together what is known of a cluster. */
export function estateOf(
  cluster: string,
  facts: ClusterFacts,
  inventory: Inventory,
  asOf: Instant,
  isAudited = false,
): Estate {
  const { objects, seen } = inventory;
  return { cluster, uid: clusterUid(cluster), facts, objects, seen, asOf, isAudited };
}

/** The scope that an object lives in: its namespace, or the cluster. */
export function scopeOf({ cluster, uid }: Estate, { namespace }: Meta): Uid {
  return namespace === '' ? uid : namespaceUid(cluster, namespace);
}

/** `k8s:<cluster>:<kind>:<namespace>/<name>`, the kind in lower case, for objects that are no identities. */
export function objectUid({ uid }: Estate, kind: Kind, { namespace, name }: Meta): Uid {
  const key = namespace === '' ? name : `${namespace}/${name}`;
  return `${uid}:${kind.toLowerCase()}:${key}`;
}

/** The environment that an object's labels name, or else those of its namespace. */
export function environmentIn({ objects }: Estate, { namespace, labels }: Meta): string | null {
  return environmentOf(labels) ?? environmentOf(objects.Namespace.get(namespace)?.meta.labels ?? {});
}

/** A coverage row about the cluster. */
export function coverageOf(
  { uid }: Pick<Estate, 'uid'>,
  feed: Feed | null,
  call: string,
  status: Coverage['status'],
  detail: string | null,
): Coverage {
  return { system: 'kubernetes', scopeUid: uid, feed, call, status, missingPermission: null, detail };
}
