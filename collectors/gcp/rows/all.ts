import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import type { Estate } from '../estate.ts';
import { readActivities } from './activities.ts';
import { credentialRows } from './credentials.ts';
import { grantRows } from './grants.ts';
import { groupRows } from './groups.ts';
import { guardrailRows } from './guardrails.ts';
import { stubScope } from './hierarchy.ts';
import { identityRows } from './identities.ts';
import { GOOGLE_SCOPE_UID, roleRows } from './roles.ts';
import { trustRows } from './trusts.ts';
import { usageRows } from './usages.ts';
import { workloadRows } from './workloads.ts';

/** Every row but coverage that an estate makes; scopes come last, since any row can name one. */
export function* estateRows(estate: Estate): Generator<Observation> {
  const named = new Set<Uid>();
  for (const row of withoutScopes(estate)) {
    if ('scopeUid' in row.row && row.row.scopeUid !== null) named.add(row.row.scopeUid);
    yield row;
  }
  for (const scope of estate.hierarchy.scopes.values()) {
    named.delete(scope.uid);
    yield observe('scopes', scope);
  }
  for (const uid of named) {
    const stub = stubScope(uid, new Map(), estate.naming);
    yield observe('scopes', uid === GOOGLE_SCOPE_UID ? { ...stub, kind: 'provider', name: 'Google' } : stub);
  }
}

function* withoutScopes(estate: Estate): Generator<Observation> {
  const activities = readActivities(estate);
  yield* identityRows(estate);
  yield* credentialRows(estate, activities);
  yield* usageRows(estate, activities);
  yield* roleRows(estate);
  yield* grantRows(estate);
  yield* groupRows(estate);
  yield* trustRows(estate);
  yield* guardrailRows(estate);
  yield* workloadRows(estate);
}
