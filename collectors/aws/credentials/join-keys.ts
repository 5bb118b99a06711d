import type { Instant } from '#model/system.ts';
import type { ListedKey, ListedUse, ReportedKey, ReportedUser } from './evidence.ts';

/** An access key as all sources together have it. */
export interface JoinedKey {
  /** Its id, or its slot in the credential report where no source tells the id. */
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: Instant | null;
  readonly reported: ReportedKey | null;
  readonly lastUse: ListedUse | null;
}

/**
 * Joins the report's slots, which have no ids, with the listed keys: by the time at which a key was made, which the
 * report gives as long as the key was not changed since. Where the keys were listed, the list tells which there are.
 */
export function joinKeys(
  report: ReportedUser | null,
  listed: readonly ListedKey[] | null,
): { readonly keys: readonly JoinedKey[]; readonly problems: readonly string[] } {
  const slots = (report?.keys ?? []).map((key, at) => ({ slot: at + 1, key })).filter(hasKey);
  if (listed === null) {
    const keys = slots.map(({ slot, key }) => joined(String(slot), key.active, key.rotatedAt, key, null));
    return { keys, problems: [] };
  }
  const bySlot = new Map<number, ListedKey>();
  const free = new Set(listed);
  const pair = (matches: (key: ReportedKey, candidate: ListedKey) => boolean): void => {
    for (const { slot, key } of slots) {
      const candidates = [...free].filter((candidate) => matches(key, candidate));
      const [candidate] = candidates;
      if (candidate === undefined || candidates.length > 1 || bySlot.has(slot)) continue;
      bySlot.set(slot, candidate);
      free.delete(candidate);
    }
  };
  pair((key, { createdAt }) => createdAt !== null && createdAt === key.rotatedAt);
  // A key that was switched off or on has a later time in the report than the one at which it was made.
  pair(
    (key, { createdAt, active }) =>
      createdAt !== null && createdAt < (key.rotatedAt ?? '') && active === key.active,
  );
  const slotOf = new Map([...bySlot].map(([slot, key]) => [key, slot]));
  const keys = listed.map((key) => {
    const reported = slots.find(({ slot }) => slot === slotOf.get(key))?.key ?? null;
    return joined(key.id, key.active, key.createdAt ?? reported?.rotatedAt ?? null, reported, key.lastUse);
  });
  const left = slots.filter(({ slot }) => !bySlot.has(slot));
  const problems = left.map(
    ({ slot }) => `access key ${slot} of the credential report is none of the listed keys`,
  );
  return { keys, problems };
}

function hasKey(slot: { slot: number; key: ReportedKey | null }): slot is { slot: number; key: ReportedKey } {
  return slot.key !== null;
}

function joined(
  name: string,
  active: boolean,
  createdAt: Instant | null,
  reported: ReportedKey | null,
  lastUse: ListedUse | null,
): JoinedKey {
  return { name, active, createdAt, reported, lastUse };
}
