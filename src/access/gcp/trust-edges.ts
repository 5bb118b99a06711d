import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';

/**
 * From the subject of an issuer's tokens to the member of a pool that whoever has such a token is
 * (https://cloud.google.com/iam/docs/workload-identity-federation).
 */
export function* trustEdges({ trusts }: Pick<AccessRecords, 'trusts'>): Iterable<BecomeEdge> {
  for (const { uid, trusted, identityUid, mechanism, certainty } of trusts) {
    if (mechanism !== 'workload-identity-federation' || certainty === 'claimed') continue;
    yield {
      fromUid: trusted,
      toUid: identityUid,
      via: 'gcp-workload-identity-federation',
      permissions: [],
      certainty,
      evidence: [uid],
    };
  }
}
