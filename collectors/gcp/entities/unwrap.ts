import { type Fields, listOf, memberOf, objectOf, textOf, textsOf } from '../fields.ts';
import type { Entity, EntityKind } from './entity.ts';
import { ASSET_KINDS, kindOf, nameOf, policyIn } from './kind-of.ts';
import { fromSearch } from './search-result.ts';

/** The entities in one value that an API or gcloud printed; what is not understood is said by `unknown`. */
export type Unwrapped =
  | { readonly entities: readonly Entity[]; readonly unknown: null }
  | { readonly entities: readonly []; readonly unknown: string };

/** Takes the envelopes of Cloud Asset Inventory off, and tells what is inside. */
export function unwrap(value: unknown): Unwrapped {
  const fields = objectOf(value);
  if (fields === null) return { entities: [], unknown: 'expected an object' };
  const resource = textOf(fields, 'resource');
  if (resource?.startsWith('//') === true && policyIn(fields) !== null)
    return known(policyEntity(resource, fields, searchAncestors(fields)));
  const assetType = textOf(fields, 'assetType') ?? textOf(fields, 'asset_type');
  if (assetType !== null && textOf(fields, 'name')?.startsWith('//') === true)
    return known(...fromAsset(fields, assetType));
  const kind = kindOf(fields);
  if (kind === null) return { entities: [], unknown: 'holds nothing known about identities' };
  const name = nameOf(kind, fields);
  if (name === null) return { entities: [], unknown: `a ${kind} without a name` };
  return known({ kind, name, fields, ancestors: [], assetType: null, fromInventory: false });
}

function known(...entities: readonly Entity[]): Unwrapped {
  return { entities, unknown: null };
}

function policyEntity(name: string, fields: Fields, ancestors: readonly string[]): Entity {
  return {
    kind: 'allow-policy',
    name,
    fields: policyIn(fields) ?? {},
    ancestors,
    assetType: null,
    fromInventory: true,
  };
}

/** An entry of an export or list, which nests what the API says below `resource.data`; else of a search. */
function fromAsset(fields: Fields, assetType: string): readonly Entity[] {
  const name = textOf(fields, 'name') ?? '';
  const ancestors = textsOf(fields, 'ancestors');
  const kind: EntityKind | undefined = ASSET_KINDS[assetType];
  const policy =
    policyIn(fields) === null
      ? []
      : [policyEntity(name, fields, ancestors.length > 0 ? ancestors : searchAncestors(fields))];
  if (kind === undefined) return policy;
  const data = memberOf(memberOf(fields, 'resource'), 'data') ?? newestVersion(fields);
  const described = data ?? (ancestors.length > 0 ? null : fromSearch(kind, fields));
  // What runs is known by its name in the inventory: names within the services are of many forms.
  const own = described === null ? null : kind === 'workload' ? name : nameOf(kind, described);
  if (described === null || own === null) return policy;
  const above = ancestors.length > 0 ? ancestors : searchAncestors(fields);
  return [
    ...policy,
    { kind, name: own, fields: described, ancestors: above, assetType, fromInventory: true },
  ];
}

/** `--read-mask` of a search can ask for the resource itself. */
function newestVersion(fields: Fields): Fields | null {
  return memberOf(objectOf(listOf(fields, 'versionedResources')[0]), 'resource');
}

/** A search names the folders in no particular order: with several, which lies in which is not told. */
function searchAncestors(fields: Fields): readonly string[] {
  const folders = textsOf(fields, 'folders');
  const project = textOf(fields, 'project');
  const organization = textOf(fields, 'organization');
  const own = project === null ? [] : [project];
  return folders.length > 1 ? own : [...own, ...folders, ...(organization === null ? [] : [organization])];
}
