import type { AccessRecords, CloudRequest, SystemAccess } from '../engine.ts';
import { decide } from './decide.ts';
import { edgesOf } from './edges.ts';
import { entitlementsOf } from './entitlements.ts';
import { buildEstate } from './estate.ts';
import { RESOURCE_ID_TAG } from './hierarchy.ts';
import { principalNames, resolvePrincipal, type Principal } from './principal.ts';

/** The effective access of Azure resources and of the Entra directory. */
export function azureAccess(records: AccessRecords): SystemAccess<CloudRequest> {
  const estate = buildEstate(records);
  const names = principalNames(records.identities, RESOURCE_ID_TAG);
  const principalOf = (asked: string): Principal => resolvePrincipal(estate, names, asked);
  return {
    system: 'azure',
    decide: (request) => decide(estate, principalOf(request.principal), request),
    entitlements: () => entitlementsOf(estate, records.identities, principalOf),
    edges: () => edgesOf(estate, records, principalOf),
    gaps: () => estate.leftOut,
  };
}
