import { observe, type Observation } from '#model/record.ts';
import { awsAuthRows, readAwsAuth } from './aws-auth.ts';
import { certificateRows } from './certificates.ts';
import { cloudLinkRows } from './cloud-links.ts';
import { coverageRows } from './coverage.ts';
import type { Estate } from './estate.ts';
import { grantRows } from './grants.ts';
import { groupRows } from './groups.ts';
import { guardrailRows } from './guardrails.ts';
import { identityRows } from './identities.ts';
import { namedIn } from './named.ts';
import { ownerRows } from './owners.ts';
import { roleRows } from './roles.ts';
import { scopeRows } from './scopes.ts';
import { tokenRows } from './tokens.ts';
import { indexWorkloads, workloadRows } from './workloads.ts';

/** Everything that the objects of one cluster say, and what they leave open. */
export function* clusterRows(estate: Estate): Generator<Observation> {
  const awsAuth = readAwsAuth(estate);
  const named = namedIn(estate, awsAuth);
  const workloads = indexWorkloads(estate);
  yield* scopeRows(estate);
  yield* identityRows(estate, named, workloads);
  yield* groupRows(estate, named);
  yield* roleRows(estate);
  yield* grantRows(estate);
  yield* tokenRows(estate);
  yield* certificateRows(estate);
  yield* cloudLinkRows(estate);
  yield* awsAuthRows(estate, awsAuth);
  yield* workloadRows(workloads);
  yield* ownerRows(estate);
  yield* guardrailRows(estate);
  for (const row of coverageRows(estate)) yield observe('coverage', row);
}
