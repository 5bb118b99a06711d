import type { RegistryEntry } from '#model/ownership.ts';
import type { Instant } from '#model/system.ts';
import type { Claim, OwnedIdentity } from './claims.ts';
import { fitsWildcard } from './wildcard.ts';

/**
 * The entry of the registry that names the identity, else the last one with a pattern that fits. One whose day is over
 * has to be attested again: until then its owners are `inferred`.
 */
export function registryClaims(entries: readonly RegistryEntry[], asOf: Instant) {
  const named = new Map(entries.map((entry) => [entry.identity, entry]));
  const patterns = entries.filter(({ identity }) => /[*?]/u.test(identity)).toReversed();
  return ({ uid }: OwnedIdentity): readonly Claim[] => {
    const entry = named.get(uid) ?? patterns.find(({ identity }) => fitsWildcard(identity, uid));
    if (entry === undefined) return [];
    const lapsed = entry.vouchesUntil !== null && entry.vouchesUntil < asOf.slice(0, 10);
    const state = lapsed ? 'inferred' : 'declared';
    const backup = entry.backupOwner;
    return [
      { owner: entry.owner, source: 'registry', state },
      ...(backup === null ? [] : [{ owner: backup, source: 'registry:backup', state } as const]),
    ];
  };
}
