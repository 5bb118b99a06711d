import type { AccessRecords, CloudRequest, SystemAccess } from '../engine.ts';
import { edgesOf } from './become/index.ts';
import { decide } from './decide.ts';
import { entitlementsOf } from './entitlements.ts';
import { buildEstate, type AwsAssumptions } from './estate.ts';
import { gapsOf } from './gaps.ts';

/**
 * The effective access of AWS. Where the records do not say whether an account is in an organisation, what its
 * policies allow is `unknown` to `decide`, unless the assumptions say that there is none.
 */
export function awsAccess(
  records: AccessRecords,
  assumptions: AwsAssumptions = {},
): SystemAccess<CloudRequest> {
  const estate = buildEstate(records, assumptions);
  return {
    system: 'aws',
    decide: (request) => decide(estate, request),
    entitlements: () => entitlementsOf(estate),
    edges: () => edgesOf(estate, records),
    gaps: () => gapsOf(estate),
  };
}
