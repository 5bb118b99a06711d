import type { Observation } from '#model/record.ts';
import { entraUid } from '#model/uid.ts';
import type { Held } from '../estate.ts';
import { flattened, textOf, type Fields } from '../files/fields.ts';
import { armGrant, directoryGrant } from './grants.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * What who may activate a membership would hold: the grants of the group itself, as eligible. An owner counts too, since
 * it can make itself a member (https://learn.microsoft.com/entra/id-governance/privileged-identity-management/concept-pim-for-groups).
 */
export function* groupEligibilities(
  eligibilities: readonly Held[],
  assignments: { readonly arm: readonly Held[]; readonly directory: readonly Held[] },
  known: Knowledge,
): Generator<Observation> {
  const arm = byPrincipal(assignments.arm);
  const directory = byPrincipal(assignments.directory);
  for (const { fields } of eligibilities) {
    const group = textOf(fields, 'groupId')?.toLowerCase();
    const principal = textOf(fields, 'principalId')?.toLowerCase();
    if (group === undefined || principal === undefined) continue;
    const grants = [
      ...(arm.get(group) ?? []).map((each) => armGrant(each, true, known)),
      ...(directory.get(group) ?? []).map((each) => directoryGrant(each, true, known)),
    ];
    for (const grant of grants) {
      if (grant?.table !== 'grants') continue;
      const { row } = grant;
      const principalUid = entraUid(known.tenant, known.kinds.get(principal) ?? 'user', principal);
      const principalKind = principalUid.includes(':group:') ? 'group' : 'identity';
      yield {
        table: 'grants',
        row: {
          ...row,
          uid: `${row.uid}#through:${group}:${principal}`,
          principalUid,
          principalKind,
          raw: fields,
        },
      };
    }
  }
}

/** The groups that hold something, whose members it matters to know. */
export function principalsOf(assignments: readonly Held[]): ReadonlySet<string> {
  return new Set(byPrincipal(assignments).keys());
}

function byPrincipal(assignments: readonly Held[]): ReadonlyMap<string, readonly Fields[]> {
  const found = new Map<string, Fields[]>();
  for (const { fields } of assignments) {
    const id = textOf(flattened(fields), 'principalId');
    if (id === null) continue;
    const known = found.get(id.toLowerCase());
    if (known === undefined) found.set(id.toLowerCase(), [fields]);
    else known.push(fields);
  }
  return found;
}
