import type { AccessRecords, CloudRequest, SystemAccess } from '../engine.ts';
import { decide } from './decide.ts';
import { edgesOf } from './edges.ts';
import { entitlementsOf } from './entitlements.ts';
import { buildEstate } from './estate.ts';
import { principals } from './principal.ts';
import { trustEdges } from './trust-edges.ts';

/** The effective access of Google Cloud, as IAM evaluates boundaries, deny policies and allow policies. */
export function gcpAccess(records: AccessRecords): SystemAccess<CloudRequest> {
  const estate = buildEstate(records);
  const principalOf = principals(records);
  return {
    system: 'gcp',
    decide: (request) => decide(estate, principalOf(request.principal), request),
    entitlements: () => entitlementsOf(estate, records.identities, principalOf),
    edges: function* () {
      yield* edgesOf(estate, records, principalOf);
      yield* trustEdges(records);
    },
    gaps: () => estate.leftOut,
  };
}
