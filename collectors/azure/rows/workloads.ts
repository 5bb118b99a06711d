import { observe, type Observation } from '#model/record.ts';
import { entraUid } from '#model/uid.ts';
import { flattened, objectOf, textOf, type Fields } from '../files/fields.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * A resource as a workload of each managed identity that it runs as, its own and those assigned to it
 * (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview).
 */
export function* workloads(raw: Fields, known: Knowledge): Generator<Observation> {
  const fields = flattened(raw);
  const id = textOf(fields, 'id')?.toLowerCase();
  const identity = objectOf(fields['identity']);
  const scopeUid = /^\/subscriptions\/[^/]+/u.exec(id ?? '')?.[0];
  if (id === undefined || identity === null || scopeUid === undefined) return;
  const assigned = Object.values(objectOf(identity['userAssignedIdentities']) ?? {}).map(objectOf);
  for (const each of [identity, ...assigned]) {
    const principal = each === null ? null : textOf(each, 'principalId');
    if (principal === null) continue;
    const identityUid = entraUid(known.tenant, 'serviceprincipal', principal);
    yield observe('workloads', {
      system: 'azure',
      uid: `${id}#${identityUid}`,
      scopeUid,
      identityUid,
      kind: textOf(raw, 'type') ?? 'resource',
      name: textOf(fields, 'name') ?? id,
      environment: known.tagsOf(id).environment,
    });
  }
}
