import type { RoleBreadth } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Json, Uid } from '#model/system.ts';
import type { Held } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { type Fields, textsOf } from '../fields.ts';

/** The scope of Google's own roles. */
export const GOOGLE_SCOPE_UID: Uid = 'gcp:google';

/** Custom roles, and those of Google's that bindings name: there are thousands more that nobody holds. */
export function* roleRows({ holdings, bindings, naming }: Estate): Generator<Observation> {
  const named = new Set(bindings.map(({ role }) => role));
  for (const held of holdings.get('role') ?? []) {
    const isGoogles = held.name.startsWith('roles/');
    if (isGoogles && !named.has(held.name)) continue;
    const owner = /^((?:projects|organizations)\/[^/]+)\/roles\//u.exec(held.name)?.[1];
    yield observe('roles', {
      uid: `gcp:${held.name}`,
      system: 'gcp',
      scopeUid: owner === undefined ? GOOGLE_SCOPE_UID : naming.scopeUid(owner),
      kind: isGoogles ? 'predefined-role' : 'custom-role',
      name: held.name,
      managedBy: isGoogles ? 'provider' : 'customer',
      createdAt: null,
      document: documentOf(held.fields),
      breadth: breadthOf(held),
      raw: without(held.fields),
    });
  }
}

/** The permissions, which only a description has: null where a list left them out. */
function documentOf(fields: Fields): Json {
  const isDeleted = fields['deleted'] === true;
  // A custom role without any permission has no such member either, but its description tells its stage.
  if (!Object.hasOwn(fields, 'includedPermissions')) return isDeleted ? { deleted: true } : null;
  return {
    includedPermissions: textsOf(fields, 'includedPermissions'),
    ...(isDeleted ? { deleted: true } : {}),
  };
}

/** Owner may do everything, and editor change nearly everything (https://cloud.google.com/iam/docs/roles-overview#basic). */
function breadthOf({ name, fields }: Held): RoleBreadth | null {
  if (name === 'roles/owner') return 'everything';
  if (name === 'roles/editor') return 'all-actions';
  return Object.hasOwn(fields, 'includedPermissions') ? 'limited' : null;
}

/** The permissions stand in the document already. */
function without({ includedPermissions: _permissions, ...rest }: Fields): Json {
  return rest;
}
