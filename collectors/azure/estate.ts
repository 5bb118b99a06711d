import type { EntityKind } from './files/sort.ts';
import type { Fields } from './files/fields.ts';
import { flattened, listOf, textOf } from './files/fields.ts';
import { entraUid } from '#model/uid.ts';

/** One entity with the page's `@odata.context` and where it stood. */
export interface Held {
  readonly fields: Fields;
  readonly context: string;
  readonly label: string;
}

/** Everything that was read, each entity once. */
export type Holdings = ReadonlyMap<EntityKind, readonly Held[]>;

/** The tenants that entities name, sorted. */
export function tenantsOf(holdings: Holdings): readonly string[] {
  const found = new Set<string>();
  for (const kind of ['subscription', 'managed-identity', 'management-group'] as const) {
    for (const { fields } of holdings.get(kind) ?? []) {
      const tenant = textOf(flattened(fields), 'tenantId');
      if (tenant !== null) found.add(tenant.toLowerCase());
    }
  }
  return [...found].toSorted();
}

/** What kind of principal each object id is, as the directory's own objects say. */
export function principalKinds(holdings: Holdings): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>();
  const add = (kind: EntityKind, name: string): void => {
    for (const { fields } of holdings.get(kind) ?? []) {
      const id = textOf(fields, 'id');
      if (id !== null) kinds.set(id.toLowerCase(), name);
    }
  };
  add('service-principal', 'serviceprincipal');
  add('application', 'application');
  add('group', 'group');
  add('user', 'user');
  for (const { fields } of holdings.get('managed-identity') ?? []) {
    const id = textOf(flattened(fields), 'principalId');
    if (id !== null) kinds.set(id.toLowerCase(), 'serviceprincipal');
  }
  for (const kind of ['member-of', 'owner-of'] as const) {
    for (const { fields } of holdings.get(kind) ?? []) {
      const id = textOf(fields, 'id')?.toLowerCase();
      const type = textOf(fields, '@odata.type')?.replace('#microsoft.graph.', '').toLowerCase();
      if (id !== undefined && type !== undefined && !kinds.has(id)) kinds.set(id, type);
    }
  }
  for (const { fields } of holdings.get('group') ?? []) {
    for (const member of listOf(fields, 'members')) {
      const id = textOf(member, 'id');
      const type = textOf(member, '@odata.type')?.replace('#microsoft.graph.', '').toLowerCase();
      if (id !== null && type !== undefined && !kinds.has(id.toLowerCase()))
        kinds.set(id.toLowerCase(), type);
    }
  }
  return kinds;
}

/** `entra:<tenant>:<kind>:<object id>` of a principal, whose kind the directory or else the reference itself tells. */
export function principalUid(
  tenant: string,
  kinds: ReadonlyMap<string, string>,
  id: string,
  said: string | null,
): string {
  const told = said?.toLowerCase().replace('foreigngroup', 'group');
  return entraUid(tenant, kinds.get(id.toLowerCase()) ?? told ?? 'serviceprincipal', id);
}
