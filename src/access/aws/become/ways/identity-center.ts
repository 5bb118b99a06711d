import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { isAbout } from '../../action-patterns.ts';
import type { BecomeRecords } from '../found/account.ts';
import { step } from '../step.ts';
import type { World } from '../world.ts';

const SAML = 'sts:AssumeRoleWithSAML';

/**
 * From people and groups of IAM Identity Center to the roles of permission sets that are assigned to them, and from the
 * members of such a group to the group. The role itself trusts Identity Center, which lets in whom it is assigned to.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export function* assignmentSteps(world: World, records: BecomeRecords): Generator<BecomeEdge> {
  const groups = new Set<Uid>();
  for (const { uid, identityUid: roleUid, trusted, trustedKind, mechanism } of records.trusts) {
    if (mechanism !== 'sso:AccountAssignment' || !trustsIdentityCenter(world, roleUid)) continue;
    if (trustedKind === 'group') groups.add(trusted);
    const evidence = [uid, ...world.trustPolicyOf(roleUid)];
    yield step(trusted, roleUid, 'permission-set', [SAML], 'certain', evidence);
  }
  for (const { groupUid, memberUid } of records.memberships) {
    if (groups.has(groupUid)) yield step(memberUid, groupUid, 'group-membership', [], 'certain', []);
  }
}

function trustsIdentityCenter({ views }: World, roleUid: Uid): boolean {
  const { estate } = views.asIs;
  return (estate.resourcePolicies.get(roleUid) ?? []).some(
    ({ kind, document }) =>
      kind === 'trust' &&
      estate
        .documentOf(document)
        .statements.some(
          ({ effect, actions, principals }) =>
            effect === 'Allow' &&
            isAbout(actions, SAML.toLowerCase()) &&
            principals?.federated.some((arn) => arn.includes(':saml-provider/AWSSSO_')) === true,
        ),
  );
}
