import type { Observation } from '#model/record.ts';
import type { Holdings } from '../estate.ts';
import { flattened, listOf, objectOf, textOf, type Fields } from '../files/fields.ts';
import { scope, subscription } from './resources.ts';
import { subscriptionUids } from './subscriptions.ts';

/** The tenant, its management groups and subscriptions, each below the one that a hierarchy puts it in. */
export function* hierarchy(holdings: Holdings, tenant: string): Generator<Observation> {
  const parentOf = new Map<string, string>();
  const groups = (holdings.get('management-group') ?? []).map(({ fields }) => fields);
  for (const fields of groups) {
    const id = textOf(fields, 'id')?.toLowerCase();
    if (id === undefined) continue;
    const parent = parentIn(fields);
    if (parent !== null) parentOf.set(id, parent);
    for (const child of listOf(flattened(fields), 'children')) {
      const childId = textOf(child, 'id')?.toLowerCase();
      if (childId !== undefined) parentOf.set(childId, id);
    }
  }
  yield scope(`entra:${tenant}`, 'tenant', tenant, null, null);
  yield scope('/', 'provider', 'Azure root scope', null, null);
  for (const fields of groups) {
    const id = textOf(fields, 'id')?.toLowerCase();
    if (id === undefined) continue;
    // The root group is called by the tenant's id (https://learn.microsoft.com/azure/governance/management-groups/overview).
    const isRoot = id.endsWith(`/${tenant}`);
    const name = textOf(flattened(fields), 'displayName') ?? textOf(fields, 'name') ?? id;
    yield scope(
      id,
      'management-group',
      name,
      isRoot ? `entra:${tenant}` : (parentOf.get(id) ?? null),
      fields,
    );
  }
  const described = new Set<string>();
  for (const { fields } of holdings.get('subscription') ?? []) {
    const row = subscription(fields, parentOf);
    if (row?.table !== 'scopes') continue;
    described.add(row.row.uid);
    yield row;
  }
  for (const uid of subscriptionUids(holdings)) {
    if (!described.has(uid)) yield scope(uid, 'subscription', uid, parentOf.get(uid) ?? null, null);
  }
}

function parentIn(fields: Fields): string | null {
  const flat = flattened(fields);
  const parent = objectOf(objectOf(flat['details'])?.['parent'] ?? null);
  return parent === null ? null : (textOf(parent, 'id')?.toLowerCase() ?? null);
}
