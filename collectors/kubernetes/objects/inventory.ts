import type { Feed } from '#model/scope.ts';
import { itemKind, type Unread } from '../files/piece.ts';
import { AWS_AUTH, TRACKING } from './config-map.ts';
import { ALL_FEEDS, type Bodies, isKind, type Kind, KINDS } from './kinds.ts';
import { kindOf, type KubernetesObject, parseObject } from './parse-object.ts';
import { MAX_TOLD, type Problem, problemsOf } from './problems.ts';
import type { RawObject, Unpacked } from './unpack.ts';

/** Everything of one cluster that was read, each object once, by `namespace/name` or name. */
export interface Inventory {
  readonly objects: { readonly [K in Kind]: ReadonlyMap<string, KubernetesObject<Bodies[K]>> };
  /** Which kinds were seen, if only as an empty list, and whether a server, a part of one, or a manifest says so. */
  readonly seen: ReadonlyMap<Kind, 'server' | 'part' | 'manifest'>;
  readonly problems: readonly Problem[];
}

/** An inventory that is being filled. */
export interface InventoryBuilder {
  readonly inventory: Inventory;
  /** Starts on the file called `label`; `kindOfName` is the kind that its name says it is about. */
  readonly file: (label: string, kindOfName: Kind | null) => FileIntake;
}

/** Takes in what is found in one file. */
export interface FileIntake {
  readonly add: (found: Unpacked) => void;
  /** The file is at its end: what could not be read of it is put down to what it is about. */
  readonly end: () => void;
}

/** Starts an empty inventory. */
export function buildInventory(): InventoryBuilder {
  const objects = emptyObjects();
  const seen = new Map<Kind, 'server' | 'manifest'>();
  const problems: Problem[] = [];

  function file(label: string, kindOfName: Kind | null): FileIntake {
    const kinds = new Set<Kind>(kindOfName === null ? [] : [kindOfName]);
    const unread: Unread[] = [];
    const { note } = problemsOf(label, problems);

    function see(kind: Kind, source: 'server' | 'manifest'): void {
      if (seen.get(kind) !== 'server') seen.set(kind, source);
    }

    function addObject(kind: Kind, raw: RawObject): void {
      const { feeds } = KINDS[kind];
      kinds.add(kind);
      const parsed = parseObject(kind, raw);
      if ('reason' in parsed) {
        note(feeds, `${raw.place}: ${kind} ${parsed.name}: ${parsed.reason}`);
        return;
      }
      see(kind, parsed.meta.uid === null ? 'manifest' : 'server');
      const object = { ...parsed, place: `${label}: ${parsed.place}` };
      const key = keyOf(object);
      if (!isKept(kind, key, object)) return;
      const known = objects[kind].get(key);
      if (known === undefined || isNewer(object, known)) objects[kind].set(key, object);
      const objection = objectionTo(kind, object, known);
      if (objection !== null) note(objection.feeds, `${raw.place}: ${kind} ${key}: ${objection.reason}`);
    }

    return {
      add: (found) => {
        switch (found.kind) {
          case 'unread':
            if (found.about !== null) note(feedsAbout(found.about), `${found.place}: ${found.reason}`);
            else if (unread.length <= MAX_TOLD) unread.push(found);
            break;
          case 'list': {
            // The items of a list speak for themselves. What an empty one is about its kind says, or else the name of
            // the file: `kubectl get` prints an empty list without a kind.
            const said = found.isEmpty ? [itemKind(found.head), kindOfName] : [];
            const kind = said.find((name) => name !== null && isKind(name));
            if (kind !== undefined) see(kind, 'server');
            break;
          }
          case 'object': {
            const kind = kindOf(found.object);
            if (kind !== null) addObject(kind, found.object);
            break;
          }
        }
      },
      end: () => {
        const feedsOfFile = kinds.size === 0 ? ALL_FEEDS : [...kinds].flatMap((kind) => KINDS[kind].feeds);
        for (const { place, reason } of unread) note(feedsOfFile, `${place}: ${reason}`);
      },
    };
  }

  // `parseObject` gave each object the body of its kind.
  return { inventory: { objects: objects as Inventory['objects'], seen, problems }, file };
}

/** A kind that nobody needs leaves no gap. */
function feedsAbout(kind: string): readonly Feed[] {
  return isKind(kind) ? KINDS[kind].feeds : [];
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

interface Objection {
  readonly feeds: readonly Feed[];
  readonly reason: string;
}

/** What is odd about an object, given the one of that name that was known before; null: nothing. */
function objectionTo(kind: Kind, object: AnyObject, known: AnyObject | undefined): Objection | null {
  const [feed] = KINDS[kind].feeds;
  const own = feed === undefined ? [] : [feed];
  if (object.meta.isCreatedAtMalformed)
    return { feeds: own, reason: 'metadata.creationTimestamp is no time' };
  if (known === undefined) return null;
  const [uid, knownUid] = [object.meta.uid, known.meta.uid];
  if (uid === null && knownUid === null) {
    const isSame = JSON.stringify([object.meta, object.body]) === JSON.stringify([known.meta, known.body]);
    return isSame ? null : { feeds: own, reason: `differs from the one in ${known.place}; this one counts` };
  }
  // The kube-system namespace is as old as its cluster.
  const isClusters = kind === 'Namespace' && object.meta.name === 'kube-system';
  return isClusters && uid !== null && knownUid !== null && uid !== knownUid
    ? { feeds: ALL_FEEDS, reason: `of another cluster than that in ${known.place}, under the same name` }
    : null;
}

/** Versions compare as numbers: https://www.kubernetes.dev/resources/keps/5504/. */
function versionOf({ meta }: AnyObject): bigint {
  return /^\d{1,30}$/u.test(meta.resourceVersion ?? '') ? BigInt(meta.resourceVersion ?? '') : -1n;
}
