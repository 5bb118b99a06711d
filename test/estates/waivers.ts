import type { PartialRows } from '#audit/example-rows.ts';
import type { WaiverRecord } from '#model/waiver.ts';

/** A waiver in order, as rules judge it. */
export function waiver(id: string, fields: Partial<WaiverRecord> = {}): PartialRows {
  return { waivers: [{ id, ruleId: 'key-too-old', ...fields }] };
}
