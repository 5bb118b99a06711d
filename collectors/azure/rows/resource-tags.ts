import { environmentOf } from '#collectors/shared/environment.ts';
import type { Holdings } from '../estate.ts';
import { objectOf, textOf, type Fields } from '../files/fields.ts';

/** What a resource's tags, or else its subscription's, say. */
export interface ResourceTags {
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: string | null;
}

const NO_TAGS: ResourceTags = { tags: {}, environment: null };

/** The tags of an object of Resource Manager; what is no text is passed over. */
export function tagsOf(fields: Fields): Readonly<Record<string, string>> {
  const entries = Object.entries(objectOf(fields['tags']) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/**
 * Tags by ARM id in lower case. Resources do not inherit a subscription's tags
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources): only the environment that they
 * name is taken for that of what lies below, unless it names its own.
 */
export function resourceTags(holdings: Holdings): (id: string) => ResourceTags {
  const known = new Map<string, Readonly<Record<string, string>>>();
  for (const kind of ['subscription', 'managed-identity', 'resource', 'keyed-resource'] as const) {
    for (const { fields } of holdings.get(kind) ?? []) {
      const id = textOf(fields, 'id')?.toLowerCase();
      if (id === undefined) continue;
      const uid = kind === 'subscription' && !id.startsWith('/') ? `/subscriptions/${id}` : id;
      const tags = tagsOf(fields);
      if (Object.keys(tags).length > 0) known.set(uid, tags);
    }
  }
  return (id) => {
    const uid = id.toLowerCase();
    const tags = known.get(uid) ?? NO_TAGS.tags;
    const above = known.get(/^\/subscriptions\/[^/]+/u.exec(uid)?.[0] ?? '') ?? NO_TAGS.tags;
    return { tags, environment: environmentOf(tags) ?? environmentOf(above) };
  };
}
