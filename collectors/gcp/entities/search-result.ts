import { type Fields, memberOf, textOf } from '../fields.ts';
import type { EntityKind } from './entity.ts';

/**
 * A result of `gcloud asset search-all-resources` in the form of the resource's own API; null: it tells too little
 * (https://cloud.google.com/asset-inventory/docs/reference/rest/v1/ResourceSearchResult).
 */
export function fromSearch(kind: EntityKind, result: Fields): Fields | null {
  const name = (textOf(result, 'name') ?? '').replace(/^\/\/[^/]+\//u, '');
  const more = memberOf(result, 'additionalAttributes');
  const parent = textOf(result, 'parentFullResourceName')?.replace(/^\/\/[^/]+\//u, '') ?? null;
  const common = { displayName: textOf(result, 'displayName'), parent, state: textOf(result, 'state') };
  switch (kind) {
    case 'organization':
    case 'folder':
      return { ...common, name };
    case 'project':
      return {
        ...common,
        name: textOf(result, 'project') ?? name,
        projectId: textOf(more, 'projectId') ?? name.replace(/^projects\//u, ''),
        labels: memberOf(result, 'labels'),
      };
    case 'service-account': {
      const email = textOf(more, 'email') ?? /[^/]+@[^/]+$/u.exec(name)?.[0] ?? null;
      const described = { ...common, name, email, uniqueId: textOf(more, 'uniqueId') };
      return email === null ? null : described;
    }
    case 'allow-policy':
    case 'key':
    case 'role':
    case 'pool':
    case 'provider':
    case 'deny-policy':
    case 'boundary':
    case 'boundary-binding':
    case 'access-policy':
    case 'activity':
    case 'api-key':
    case 'hmac-key':
    case 'group':
    case 'membership':
    case 'workload':
      return null;
  }
}
