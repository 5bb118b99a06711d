import type { Feed } from '#model/scope.ts';
import { itemKind, type RawObject, type Unpacked } from './unpack.ts';
import { type Bodies, isKind, type Kind, KINDS } from './kinds.ts';
import { AWS_AUTH, TRACKING } from './config-map.ts';
import { kindOf, type KubernetesObject, parseObject } from './parse-object.ts';

/** Everything of one cluster that was read, each object once, by `namespace/name` or name. */
export interface Inventory {
  readonly objects: { readonly [K in Kind]: ReadonlyMap<string, KubernetesObject<Bodies[K]>> };
  /** Which kinds the files hold, if only as an empty list, and whether a server or a manifest says so. */
  readonly seen: ReadonlyMap<Kind, 'server' | 'manifest'>;
  readonly problems: readonly Problem[];
}

/** Something that could not be read or taken as it is. `feed` null: it cannot be told what it is about. */
export interface Problem {
  readonly feed: Feed | null;
  readonly detail: string;
}

/** An inventory that is being filled. */
export interface InventoryBuilder {
  readonly inventory: Inventory;
  /** Takes in what was found in the file called `label`; `fileKind` is the kind that its name says it is about. */
  readonly add: (found: Unpacked, label: string, fileKind: Kind | null) => void;
}

/** So many problems of one file are told one by one. */
const MAX_PROBLEMS = 50;

/** Starts an empty inventory. */
export function buildInventory(): InventoryBuilder {
  const objects = emptyObjects();
  const seen = new Map<Kind, 'server' | 'manifest'>();
  const problems: Problem[] = [];
  const problemsOf = new Map<string, number>();

  function problem(label: string, feed: Feed | null, detail: string): void {
    const count = (problemsOf.get(label) ?? 0) + 1;
    problemsOf.set(label, count);
    if (count <= MAX_PROBLEMS) problems.push({ feed, detail: `${label}: ${detail}` });
    else if (count === MAX_PROBLEMS + 1) problems.push({ feed: null, detail: `${label}: more of the like` });
  }

  function see(kind: Kind, source: 'server' | 'manifest'): void {
    if (seen.get(kind) !== 'server') seen.set(kind, source);
  }

  function addObject(kind: Kind, raw: RawObject, label: string): void {
    const { feed } = KINDS[kind];
    const parsed = parseObject(kind, raw);
    if ('reason' in parsed) {
      problem(label, feed, `${raw.place}: ${kind} ${parsed.name}: ${parsed.reason}`);
      return;
    }
    const object = { ...parsed, place: `${label}: ${parsed.place}` };
    const { meta } = object;
    see(kind, meta.uid === null ? 'manifest' : 'server');
    const key = keyOf(object);
    if (!isKept(kind, key, object)) return;
    if (meta.isCreatedAtMalformed) {
      problem(label, feed, `${raw.place}: ${kind} ${key}: metadata.creationTimestamp is no time`);
    }
    const known = objects[kind].get(key);
    if (known === undefined || isNewer(object, known)) objects[kind].set(key, object);
    if (key === 'kube-system' && isOfAnotherCluster(object, known)) {
      problem(
        label,
        feed,
        `${raw.place}: another cluster than that of ${known?.place ?? ''}, under the same name`,
      );
    }
    if (known !== undefined && contradicts(object, known)) {
      problem(
        label,
        feed,
        `${raw.place}: ${kind} ${key} differs from the one in ${known.place}; this one counts`,
      );
    }
  }

  return {
    // `parseObject` gave each object the body of its kind.
    inventory: { objects: objects as Inventory['objects'], seen, problems },
    add: (found, label, fileKind) => {
      switch (found.kind) {
        case 'problem':
          problem(label, null, `${found.place}: ${found.reason}`);
          break;
        case 'list': {
          // The items of a list speak for themselves. What an empty one is about its kind says, or else the name of
          // the file: `kubectl get` prints an empty list without a kind.
          const said = found.isEmpty ? [itemKind(found.head), fileKind] : [];
          const kind = said.find((name) => name !== null && isKind(name));
          if (kind !== undefined) see(kind, 'server');
          break;
        }
        case 'object': {
          const kind = kindOf(found.object);
          if (kind !== null) addObject(kind, found.object, label);
          break;
        }
      }
    },
  };
}

type AnyObject = KubernetesObject<Bodies[Kind]>;

function emptyObjects(): Record<Kind, Map<string, AnyObject>> {
  const kinds = Object.keys(KINDS).map((kind) => [kind, new Map<string, AnyObject>()]);
  // A map for each kind, which `fromEntries` cannot say.
  return Object.fromEntries(kinds) as Record<Kind, Map<string, AnyObject>>;
}

/** `namespace/name`, or the name alone for objects of the whole cluster. */
export function keyOf({ meta }: Pick<KubernetesObject<unknown>, 'meta'>): string {
  return meta.namespace === '' ? meta.name : `${meta.namespace}/${meta.name}`;
}

/** Of Secrets and ConfigMaps only those that are about identities. */
function isKept(kind: Kind, key: string, { meta, body }: AnyObject): boolean {
  if (kind === 'ConfigMap') return key === TRACKING || key === AWS_AUTH;
  if (kind !== 'Secret') return true;
  const isToken = 'type' in body && body.type === 'kubernetes.io/service-account-token';
  return isToken || meta.annotations['kubernetes.io/service-account.name'] !== undefined;
}

/** A server knows better than a manifest, its later answer better than an earlier one; of manifests the last counts. */
function isNewer(object: AnyObject, known: AnyObject): boolean {
  if (object.meta.uid === null || known.meta.uid === null) return known.meta.uid === null;
  return versionOf(object) > versionOf(known);
}

function contradicts(object: AnyObject, known: AnyObject): boolean {
  if (object.meta.uid !== null || known.meta.uid !== null) return false;
  return JSON.stringify([object.meta, object.body]) !== JSON.stringify([known.meta, known.body]);
}

/** The kube-system namespace is as old as its cluster. */
function isOfAnotherCluster({ meta }: AnyObject, known: AnyObject | undefined): boolean {
  const knownUid = known?.meta.uid ?? null;
  return meta.uid !== null && knownUid !== null && meta.uid !== knownUid;
}

/** Versions compare as numbers: https://www.kubernetes.dev/resources/keps/5504/. */
function versionOf({ meta }: AnyObject): bigint {
  return /^\d{1,30}$/u.test(meta.resourceVersion ?? '') ? BigInt(meta.resourceVersion ?? '') : -1n;
}
