import type { Fields } from '../fields.ts';

/** What an entity can be. */
export type EntityKind =
  | 'organization'
  | 'folder'
  | 'project'
  | 'allow-policy'
  | 'service-account'
  | 'key'
  | 'role'
  | 'pool'
  | 'provider'
  | 'deny-policy'
  | 'boundary'
  | 'boundary-binding'
  | 'access-policy'
  | 'activity'
  | 'api-key'
  | 'hmac-key'
  | 'group'
  | 'membership'
  | 'workload';

/** One thing that Google described, in the form of its own API, whoever printed it. */
export interface Entity {
  readonly kind: EntityKind;
  /** Its resource name (`projects/p/serviceAccounts/…`), or what a policy stands on; '' where a policy does not say. */
  readonly name: string;
  readonly fields: Fields;
  /** What contains it, nearest first (`projects/1`, `folders/2`, `organizations/3`), where the source says. */
  readonly ancestors: readonly string[];
  /** What Cloud Asset Inventory calls its type, where that gave it. */
  readonly assetType: string | null;
  /** Whether an inventory of many resources gave it, and not a question about it alone. */
  readonly fromInventory: boolean;
}

/** An entity with the file and place it stood in, or the call that gave it. */
export interface Held extends Entity {
  readonly place: string;
}

/** Everything that was read, each thing once. */
export type Holdings = ReadonlyMap<EntityKind, readonly Held[]>;
