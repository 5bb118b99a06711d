import type { Owner } from '#model/owner.ts';
import type { OwnerSources } from '#model/ownership.ts';
import type { Instant, System, Uid } from '#model/system.ts';
import { catalogueClaims } from './catalogue-claims.ts';
import { codeownersClaims } from './codeowners-claims.ts';
import { registryClaims } from './registry-claims.ts';

/** What the files are matched against. */
export interface OwnedIdentity {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly kind: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** As the system said them: not only texts, and null where there are none. */
  readonly annotations: Readonly<Record<string, unknown>> | null;
}

/** What a file says of one identity. */
export type Claim = Pick<Owner, 'owner' | 'source' | 'state'>;

/** What all files together say of an identity, made ready once for many. */
export function claimsOf(
  sources: OwnerSources,
  asOf: Instant,
): (identity: OwnedIdentity) => readonly Claim[] {
  const askers = [
    registryClaims(sources.registry, asOf),
    catalogueClaims(sources.catalogue),
    codeownersClaims(sources.codeowners),
  ];
  return (identity) => askers.flatMap((ask) => ask(identity));
}
