import type { AccessRecords } from '../engine.ts';
import type { Uid } from '#model/system.ts';

type Scope = AccessRecords['scopes'][number];

/** Where a request lands: the resource, and every scope above it whose policies count, nearest first. */
export interface Place {
  /** The full resource name, or null where the request is about a scope itself. */
  readonly resource: string | null;
  /** Its name in the records, which have projects by id where the request may have the number. */
  readonly recordedAs: string | null;
  readonly scopes: readonly Uid[];
  /** false: the chain ends below an organisation, though a project may have none. */
  readonly complete: boolean;
}

/** The resource hierarchy of the records (https://cloud.google.com/iam/docs/resource-hierarchy-access-control). */
export interface Hierarchy {
  /** Where a request about a resource or scope lands; null: nobody can tell. */
  readonly placeOf: (resource: string | null, scope: Uid | undefined) => Place | null;
  readonly chainOf: (scopeUid: Uid) => readonly Uid[];
}

const SCOPE_NAME =
  /^(?:\/\/cloudresourcemanager\.googleapis\.com\/)?((?:projects|folders|organizations)\/[^/]+)$/u;
const PROJECT_IN_NAME = /\/projects\/([^/]+)\//u;
const MAX_DEPTH = 32;

/** The tag under which collectors keep a project's number: policies name projects by id as well as by number. */
export const PROJECT_NUMBER_TAG = 'gcp:project-number';

/** Builds the hierarchy. `resourceScopes` tells the project of resources whose name does not (a bucket). */
export function buildHierarchy(
  scopes: readonly Scope[],
  resourceScopes: ReadonlyMap<string, Uid>,
): Hierarchy {
  const byUid = new Map(scopes.map((scope) => [scope.uid, scope]));
  const byNumber = new Map<Uid, Uid>(
    scopes.flatMap((scope) => {
      const number = scope.tags[PROJECT_NUMBER_TAG];
      return number === undefined ? [] : [[`gcp:projects/${number}`, scope.uid] as [Uid, Uid]];
    }),
  );
  const canonical = (name: string): Uid => {
    const uid = `gcp:${name}`;
    return byUid.has(uid) ? uid : (byNumber.get(uid) ?? uid);
  };

  const chainOf = (start: Uid): Uid[] => {
    const chain: Uid[] = [];
    for (
      let uid: Uid | null = start;
      uid !== null && chain.length < MAX_DEPTH;
      uid = byUid.get(uid)?.parentUid ?? null
    ) {
      if (chain.includes(uid)) break;
      chain.push(uid);
    }
    return chain;
  };

  const at = (resource: string | null, scopeUid: Uid): Place => {
    const chain = chainOf(scopeUid);
    const top = byUid.get(chain.at(-1) ?? '');
    return {
      resource,
      recordedAs: resource,
      scopes: chain,
      complete: top?.kind === 'organization' || top?.parentUid === null,
    };
  };

  return {
    chainOf,
    placeOf: (resource, scope) => {
      const asked = scope === undefined ? null : canonical(scope.replace(/^gcp:/u, ''));
      if (resource === null) return asked === null ? null : at(null, asked);
      const name = SCOPE_NAME.exec(resource.replace(/^gcp:/u, ''))?.[1];
      if (name !== undefined) return at(null, canonical(name));
      const project = PROJECT_IN_NAME.exec(resource)?.[1];
      if (project !== undefined && project !== '_' && project !== '-') {
        const scopeUid = canonical(`projects/${project}`);
        const recordedAs = resource.replace(PROJECT_IN_NAME, `/${scopeUid.replace(/^gcp:/u, '')}/`);
        return { ...at(resource, scopeUid), recordedAs };
      }
      const known = ancestors(resource).find((each) => resourceScopes.has(each));
      const scopeUid = (known === undefined ? undefined : resourceScopes.get(known)) ?? asked;
      return scopeUid === null ? null : at(resource, scopeUid);
    },
  };
}

/** A resource's name and those of everything that contains it: a bucket's policy counts for its objects. */
export function ancestors(resource: string): string[] {
  const names: string[] = [];
  for (
    let name = resource;
    name.length > 2 && !/^\/\/[^/]*$/u.test(name);
    name = name.slice(0, name.lastIndexOf('/'))
  ) {
    names.push(name);
  }
  return names;
}
