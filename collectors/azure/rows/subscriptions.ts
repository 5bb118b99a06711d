import type { Holdings } from '../estate.ts';
import { textOf } from '../files/fields.ts';

/** Every subscription that an entity is, or that an ARM id names, sorted. */
export function subscriptionUids(holdings: Holdings): readonly string[] {
  const found = new Set<string>();
  for (const held of holdings.values()) {
    for (const { fields } of held) {
      const id = textOf(fields, 'id') ?? '';
      const named = /^\/subscriptions\/[^/]+/iu.exec(id)?.[0];
      if (named !== undefined) found.add(named.toLowerCase());
    }
  }
  for (const { fields } of holdings.get('subscription') ?? []) {
    const id = textOf(fields, 'subscriptionId') ?? textOf(fields, 'id');
    if (id !== null && !id.startsWith('/')) found.add(`/subscriptions/${id}`.toLowerCase());
  }
  return [...found].toSorted();
}
