import type { PartialRows } from '#audit/example-rows.ts';
import type { DriftRecord } from '#model/drift.ts';
import type { Uid } from '#model/system.ts';

/** Something that is not as it was approved. */
export function drifted(
  kind: string,
  identityUid: Uid,
  key: string,
  fields: Partial<DriftRecord> = {},
): PartialRows {
  return { drift: [{ kind, identityUid, key, ...fields }] };
}
