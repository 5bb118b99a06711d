import { describe, expect, it } from 'vitest';
import { only, statuses, type RowsOf } from '../importing.ts';
import { HOME, readAll, targetAt } from './reading.ts';
import { json, startServer, xml, type AwsServer } from './server.ts';

const ROLE = `arn:aws:iam::${HOME}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`;
const USER = 'arn:aws:identitystore:::user/u-1';
const GROUP = 'arn:aws:identitystore:::group/g-1';

/** An Identity Center in the second Region, with a person, a group of that person, and both assigned one role. */
async function identityCenter(): Promise<AwsServer> {
  const server = await startServer();
  server.on('sso:ListInstances', ({ region }) =>
    json({
      Instances:
        region === 'eu-west-1'
          ? [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-1', IdentityStoreId: 'd-1', OwnerAccountId: HOME }]
          : [],
    }),
  );
  server.on('sso:ListPermissionSetsProvisionedToAccount', () => json({ PermissionSets: ['arn:ps-1'] }));
  server.on('sso:DescribePermissionSet', () => json({ PermissionSet: { Name: 'Admin' } }));
  server.on('sso:ListAccountAssignments', () =>
    json({
      AccountAssignments: [
        { PrincipalType: 'GROUP', PrincipalId: 'g-1' },
        { PrincipalType: 'USER', PrincipalId: 'u-1' },
      ],
    }),
  );
  server.on('identitystore:ListUsers', () =>
    json({
      Users: [
        {
          UserId: 'u-1',
          UserName: 'jane',
          UserStatus: 'ENABLED',
          Emails: [{ Value: 'jane@example.com' }],
          PhoneNumbers: [{ Value: '555' }],
        },
      ],
    }),
  );
  server.on('identitystore:ListGroups', () => json({ Groups: [{ GroupId: 'g-1', DisplayName: 'admins' }] }));
  server.on('identitystore:ListGroupMemberships', () =>
    json({ GroupMemberships: [{ GroupId: 'g-1', MemberId: { UserId: 'u-1' } }] }),
  );
  server.on('iam:GetAccountAuthorizationDetails', ({ input }) =>
    xml(
      'GetAccountAuthorizationDetails',
      input['Filter.member.1'] === 'Role'
        ? `<RoleDetailList><member><RoleName>x</RoleName><Arn>${ROLE}</Arn></member></RoleDetailList>`
        : '',
    ),
  );
  return server;
}

const read = (server: AwsServer): Promise<RowsOf> =>
  readAll(targetAt(server, { regions: ['us-east-1', 'eu-west-1'] }));

describe('Identity Center', () => {
  it('tells who may take the role of a permission set', async () => {
    const rows = await read(await identityCenter());
    const assigned = rows('trusts').filter(({ mechanism }) => mechanism === 'sso:AccountAssignment');
    expect(assigned).toMatchObject([
      { identityUid: ROLE, trusted: GROUP, trustedKind: 'group', external: false },
      { identityUid: ROLE, trusted: USER, trustedKind: 'identity', external: false },
    ]);
  });

  it('has people by the name that they sign in with, and nothing else of them', async () => {
    const rows = await read(await identityCenter());
    expect(rows('identities').find(({ uid }) => uid === USER)).toMatchObject({
      kind: 'identity-center-user',
      name: 'jane',
      class: 'human',
      enabled: true,
      raw: null,
    });
    expect(rows('groups')).toMatchObject([{ uid: GROUP, name: 'admins' }]);
    expect(rows('memberships')).toMatchObject([{ groupUid: GROUP, memberUid: USER }]);
    expect(JSON.stringify(rows('identities'))).not.toMatch(/jane@example|555/u);
  });

  it('names the right that is missing, and takes nothing from what IAM says', async () => {
    const server = await identityCenter();
    const denied = json({ __type: 'AccessDeniedException', Message: 'no' }, 400);
    server.on('sso:ListAccountAssignments', () => denied);
    server.on('identitystore:ListUsers', () => denied);
    const rows = await read(server);
    const missing = rows('coverage').filter(({ status }) => status === 'denied');
    expect(missing.map(({ feed, missingPermission }) => `${feed} ${missingPermission}`).toSorted()).toEqual([
      'groups identitystore:ListUsers',
      'groups sso:ListAccountAssignments',
    ]);
    expect(new Set(missing.map(({ scopeUid }) => scopeUid))).toEqual(new Set(['aws:identity-center']));
    expect(new Set(Object.values(statuses(rows, 'groups', HOME)))).toEqual(new Set(['complete']));
  });

  it('says that a role of a permission set was not read', async () => {
    const server = await identityCenter();
    server.on('sso:DescribePermissionSet', () => json({ PermissionSet: { Name: 'Other' } }));
    const rows = await read(server);
    expect(statuses(rows, 'groups', 'identity-center')).toMatchObject({
      'sso:ListPermissionSetsProvisionedToAccount': 'partial',
    });
  });

  it('is none where no Region has one', async () => {
    const server = await startServer();
    const rows = await read(server);
    expect(statuses(rows, 'groups', 'identity-center')).toMatchObject({ 'sso:ListInstances': 'complete' });
    expect(only(rows('scopes').filter(({ kind }) => kind === 'account')).uid).toBe(`aws:${HOME}`);
    expect(server.received.map(({ call }) => call)).not.toContain('identitystore:ListUsers');
  });
});
