import type { AccessRecords } from '../engine.ts';
import type { Uid } from '#model/system.ts';

/** The tag under which collectors keep the ARM id of a managed identity: its uid is the directory's. */
export const RESOURCE_ID_TAG = 'azure:resource-id';

/** The scope above every management group (https://learn.microsoft.com/azure/role-based-access-control/scope-overview). */
export const ROOT_SCOPE = '/';

const MAX_DEPTH = 32;

/** A resource with every scope above it, and whether nothing above it is missing. */
export interface Chain {
  readonly scopes: readonly Uid[];
  readonly complete: boolean;
}

/** Finds what stands above a scope: by its own name up to the subscription, by the records through management groups. */
export function chains(scopes: AccessRecords['scopes']): (scope: Uid) => Chain {
  const parents = new Map(
    scopes.map(({ uid, parentUid }) => [uid.toLowerCase(), parentUid?.toLowerCase() ?? null]),
  );
  return (scope) => {
    const chain = namesAbove(scope.toLowerCase());
    let above = parents.get(chain.at(-1) ?? '');
    while (typeof above === 'string' && isArm(above) && chain.length < MAX_DEPTH && !chain.includes(above)) {
      chain.push(above);
      above = parents.get(above);
    }
    // The topmost management group hangs below the tenant. Without a parent on record there may be one nobody read.
    const complete = chain.at(-1) === ROOT_SCOPE || (typeof above === 'string' && !isArm(above));
    if (!chain.includes(ROOT_SCOPE)) chain.push(ROOT_SCOPE);
    return { scopes: chain, complete };
  };
}

/** `/subscriptions/s/resourcegroups/g/providers/…` → itself, what contains it, its group, its subscription. */
function namesAbove(scope: string): Uid[] {
  const chain: Uid[] = [];
  let name = scope.length > 1 ? scope.replace(/\/+$/u, '') : scope;
  while (name !== '' && name !== ROOT_SCOPE) {
    chain.push(name);
    if (
      /^\/subscriptions\/[^/]+$/u.test(name) ||
      /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/u.test(name)
    ) {
      return chain;
    }
    name = parentName(name);
  }
  if (chain.length === 0) chain.push(ROOT_SCOPE);
  return chain;
}

/** Resource ids end in type and name: `…/providers/ns/type/name[/type/name]`. */
function parentName(name: string): string {
  const provider = /^(.*)\/providers\/[^/]+\/[^/]+\/[^/]+$/u.exec(name);
  if (provider !== null) return provider[1] ?? '';
  const parts = name.split('/');
  return parts.slice(0, parts.length - 2).join('/');
}

function isArm(uid: string): boolean {
  return uid.startsWith('/');
}
