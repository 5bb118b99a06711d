import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Trust } from '#model/trust.ts';
import { allow, arnOf, becomingRecords, edgesTo, EVERYTHING, HOME } from './estate.ts';

const GROUP = 'arn:aws:identitystore:::group/g-1';
const JANE = 'arn:aws:identitystore:::user/u-1';
const JOHN = 'arn:aws:identitystore:::user/u-2';
const ROLE = arnOf('role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef');
const at = { system: 'aws' as const, scopeUid: `aws:${HOME}` };

/** The edges of a world in which Jane is in a group that is assigned an administrator's role, and John is himself. */
function edges(provider: string): BecomeEdge[] {
  const trust = {
    Effect: 'Allow',
    Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
    Principal: { Federated: `arn:aws:iam::${HOME}:saml-provider/${provider}` },
  };
  const name = ROLE.replace(/^.*?:role/u, 'role');
  const records = becomingRecords({
    identities: {
      [name]: { trust: [trust], policies: [EVERYTHING] },
      'user/keeper': { policies: [allow('iam:AddUserToGroup')] },
    },
  });
  const assignment = (trusted: string, trustedKind: Trust['trustedKind']) => ({
    ...at,
    uid: `${ROLE}<-${trusted}`,
    identityUid: ROLE,
    trusted,
    trustedKind,
    mechanism: 'sso:AccountAssignment',
    condition: null,
    external: false,
    certainty: 'certain' as const,
  });
  return [
    ...awsAccess({
      ...records,
      groups: [{ ...at, uid: GROUP, kind: 'identity-center-group', name: 'admins', implicit: false }],
      memberships: [{ ...at, groupUid: GROUP, memberUid: JANE, memberKind: 'identity' }],
      trusts: [assignment(GROUP, 'group'), assignment(JOHN, 'identity')],
    }).edges(),
  ];
}

describe('an assignment of Identity Center', () => {
  it('leads people and groups to the role, and members to the group', () => {
    const found = edges('AWSSSO_0123456789abcdef_DO_NOT_DELETE');
    expect(edgesTo(found, JOHN, ROLE, 'permission-set')).toBe('certain');
    expect(edgesTo(found, GROUP, ROLE, 'permission-set')).toBe('certain');
    expect(edgesTo(found, JANE, GROUP, 'group-membership')).toBe('certain');
  });

  it('leads nowhere where the role does not trust Identity Center', () => {
    expect(edgesTo(edges('okta'), JOHN, ROLE, 'permission-set')).toBeNull();
  });

  it('lets nobody into the group who may add users of IAM to groups', () => {
    const found = edges('AWSSSO_0123456789abcdef_DO_NOT_DELETE');
    expect(found.filter(({ toUid, fromUid }) => toUid === GROUP && fromUid !== JANE)).toEqual([]);
  });
});
