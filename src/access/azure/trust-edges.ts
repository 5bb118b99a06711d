import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import { step } from './hierarchy-edges.ts';

/**
 * The mechanisms by which a trust lets somebody in. An owner of an application adds credentials to it
 * (https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners); whoever has an application's
 * credentials is its service principal (https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals);
 * a federated credential lets in the subject that it names
 * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation).
 */
const MECHANISMS: ReadonlySet<string> = new Set([
  'application-owner',
  'application-of',
  'federated-credential',
]);

/** From whom a trust names to the identity that trusts. What is only claimed by the other side is no edge. */
export function* trustEdges(records: Pick<AccessRecords, 'trusts'>): Iterable<BecomeEdge> {
  for (const { uid, trusted, identityUid, mechanism, certainty } of records.trusts) {
    if (!MECHANISMS.has(mechanism) || certainty === 'claimed') continue;
    yield step(trusted, identityUid, `entra-${mechanism}`, [], certainty, [uid]);
  }
}
