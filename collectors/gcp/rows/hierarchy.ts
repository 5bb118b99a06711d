import type { Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { Held, Holdings } from '../entities/entity.ts';
import { environmentOf } from '#collectors/shared/environment.ts';
import { type Fields, labelsOf, memberOf, textOf } from '../fields.ts';
import { type Naming, projectNumber } from '../naming.ts';

/** The tag of a project's scope that holds its number: the engine of access reads it. */
const PROJECT_NUMBER_TAG = 'gcp:project-number';

/** Organisations, folders and projects, as far as they were described or named as ancestors. */
export interface Hierarchy {
  readonly scopes: ReadonlyMap<Uid, Scope>;
  /** From a scope up to the highest one that is known, itself first. */
  readonly chainOf: (uid: Uid) => readonly Uid[];
  /** Whether everything above a scope was told. */
  readonly isWhole: (uid: Uid) => boolean;
}

const MAX_DEPTH = 32;

/** Builds the hierarchy out of descriptions, and out of the ancestors that an inventory names. */
export function readHierarchy(holdings: Holdings, naming: Naming): Hierarchy {
  const scopes = new Map<Uid, Scope>();
  // undefined: nobody said what stands above; null: nothing does.
  const parents = new Map<Uid, Uid | null>();
  for (const held of holdings.values()) {
    for (const { ancestors } of held) {
      ancestors.forEach((name, at) => {
        const above = ancestors[at + 1];
        const parent = above === undefined ? null : naming.scopeUid(above);
        if (parent !== null || name.startsWith('organizations/')) parents.set(naming.scopeUid(name), parent);
      });
    }
  }
  for (const kind of ['organization', 'folder', 'project'] as const) {
    for (const held of holdings.get(kind) ?? []) {
      const uid = naming.scopeUid(held.name);
      const parent = parentOf(held, naming);
      if (parent !== undefined) parents.set(uid, parent);
    }
  }
  for (const [uid, parent] of parents) {
    for (const each of parent === null ? [uid] : [uid, parent])
      scopes.set(each, stubScope(each, parents, naming));
  }
  for (const kind of ['organization', 'folder', 'project'] as const) {
    for (const held of holdings.get(kind) ?? []) {
      const uid = naming.scopeUid(held.name);
      scopes.set(uid, describedScope(uid, kind, held, parents.get(uid) ?? null));
    }
  }
  const chainOf = (start: Uid): Uid[] => {
    const chain: Uid[] = [];
    let uid: Uid | null = start;
    while (uid !== null && !chain.includes(uid) && chain.length < MAX_DEPTH) {
      chain.push(uid);
      uid = parents.get(uid) ?? null;
    }
    return chain;
  };
  return {
    scopes: new Map([...scopes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    chainOf,
    isWhole: (uid) => {
      const top = chainOf(uid).at(-1) ?? uid;
      return parents.get(top) === null || top.startsWith('gcp:organizations/');
    },
  };
}

/** A scope that is only named. */
export function stubScope(uid: Uid, parents: ReadonlyMap<Uid, Uid | null>, naming: Naming): Scope {
  const [kinds = '', id = ''] = uid.replace(/^gcp:/u, '').split('/');
  const number = naming.numberOf(uid);
  return {
    uid,
    system: 'gcp',
    kind: kinds.replace(/s$/u, ''),
    name: id,
    parentUid: parents.get(uid) ?? null,
    environment: null,
    tags: number === null ? {} : { [PROJECT_NUMBER_TAG]: number },
    raw: null,
  };
}

function describedScope(uid: Uid, kind: string, { fields }: Held, parentUid: Uid | null): Scope {
  const labels = labelsOf(fields, 'labels');
  const number = kind === 'project' ? projectNumber(fields) : null;
  // The older API calls the display name of a project its name; the newer one's name is the resource name.
  const older = textOf(fields, 'name')?.startsWith('projects/') === true ? null : textOf(fields, 'name');
  const fallback = kind === 'project' ? older : null;
  return {
    uid,
    system: 'gcp',
    kind,
    name: textOf(fields, 'displayName') ?? fallback ?? uid.slice(uid.lastIndexOf('/') + 1),
    parentUid,
    environment: environmentOf(labels),
    tags: { ...labels, ...(number === null ? {} : { [PROJECT_NUMBER_TAG]: number }) },
    raw: fields,
  };
}

/** What a project without a parent or an organisation lies in is known: nothing. undefined: nobody said. */
function parentOf({ kind, fields }: Held, naming: Naming): Uid | null | undefined {
  const parent = kind === 'organization' ? null : parentName(fields);
  if (parent !== null) return naming.scopeUid(parent);
  return kind === 'folder' ? undefined : null;
}

/** The parent's name, which the newer API gives as `folders/1` and the older one as `{type, id}`; null: none is given. */
export function parentName(fields: Fields): string | null {
  const parent = memberOf(fields, 'parent');
  const type = textOf(parent, 'type');
  const id = textOf(parent, 'id');
  return type !== null && id !== null ? `${type}s/${id}` : textOf(fields, 'parent');
}
