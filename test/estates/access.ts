import type { PartialRows } from '#audit/example-rows.ts';
import type { BecomeEdge, Capability, Entitlement } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';

/** What an identity can do in effect, for certain where nothing else is said. */
export function able(
  identityUid: Uid,
  capability: Capability,
  fields: Partial<Entitlement> = {},
): PartialRows {
  return { entitlements: [{ identityUid, capability, ...fields }] };
}

/** One step of becoming another. */
export function step(fromUid: Uid, toUid: Uid, via: string, fields: Partial<BecomeEdge> = {}): PartialRows {
  return { edges: [{ fromUid, toUid, via, ...fields }] };
}
