import type { CollectedRecords, Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';

/** The tables that say what can be done. Use, owners and coverage are of the snapshot alone. */
export const COPIED = [
  'scopes',
  'identities',
  'groups',
  'memberships',
  'credentials',
  'roles',
  'grants',
  'guardrails',
  'resourcePolicies',
  'trusts',
  'workloads',
  'coverage',
] as const satisfies readonly (keyof CollectedRecords)[];

/** A row's name within its table: its uid, or what it joins. */
export function keyOf({ table, row }: Observation): string {
  if (table === 'memberships') return `${row.groupUid} ${row.memberUid}`;
  // Google Cloud's bindings have no names: they are what they say.
  if (table === 'grants' && row.system === 'gcp')
    return JSON.stringify([row.scopeUid, row.resourceUid, row.principalUid, row.roleUid, row.condition]);
  return 'uid' in row ? row.uid : JSON.stringify(row);
}

/** Tables whose rows can be named by code that does not describe them. */
export function isNameable(table: keyof CollectedRecords): boolean {
  return table === 'scopes' || table === 'identities' || table === 'groups' || table === 'roles';
}

/** A name for a row that no other row has. */
export function idOf(observation: Observation): string {
  return `${observation.table} ${keyOf(observation)}`;
}

/** Rows by their names; of rows with the same name the last stays. */
export function byId(observations: readonly Observation[]): Map<string, Observation> {
  return new Map(observations.map((observation) => [idOf(observation), observation]));
}

/** Whether two rows say the same. */
export function isSame(one: Observation, other: Observation): boolean {
  return JSON.stringify(one.row) === JSON.stringify(other.row);
}

/** The uid of a row; null: its table has none. */
export function uidOf({ row }: Observation): Uid | null {
  return 'uid' in row ? row.uid : null;
}
