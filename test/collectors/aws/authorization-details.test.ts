import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  allowing,
  arn,
  attached,
  complaints,
  details,
  group,
  importFiles,
  only,
  policy,
  role,
  user,
} from './importing.ts';

const SCOPE = `aws:${ACCOUNT}`;
const READ = arn('policy/Read');
const AWS_READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('authorization details', () => {
  it('give an identity for a user, with what the account says of it', async () => {
    const tags = [
      { Key: 'Stage', Value: 'Prod' },
      { Key: 'owner', Value: 'ops@acme.example' },
    ];
    const rows = await importFiles({ 'd.json': details({ users: [user('team/app', { Tags: tags })] }) });
    expect(only(rows('identities'))).toEqual({
      uid: arn('user/team/app'),
      system: 'aws',
      scopeUid: SCOPE,
      kind: 'iam-user',
      name: 'app',
      class: 'unknown',
      classReason: 'no credential report',
      managedBy: 'customer',
      enabled: null,
      createdAt: '2026-01-02T03:04:05.000Z',
      tags: { Stage: 'Prod', owner: 'ops@acme.example' },
      environment: 'production',
      providerId: 'AIDAEXAMPLEUSER00000',
      raw: null,
    });
    expect(only(rows('owners'))).toMatchObject({
      identityUid: arn('user/team/app'),
      owner: 'ops@acme.example',
      source: 'tag:owner',
      state: 'declared',
    });
  });

  it('give groups with their members, wherever in the file they stand', async () => {
    const rows = await importFiles({
      'd.json': details({
        users: [user('app', { GroupList: ['ops', 'ops'] })],
        groups: [group('ops', { Arn: arn('group/teams/ops') })],
      }),
    });
    expect(only(rows('groups'))).toMatchObject({ uid: arn('group/teams/ops'), name: 'ops', implicit: false });
    expect(only(rows('memberships'))).toEqual({
      groupUid: arn('group/teams/ops'),
      memberUid: arn('user/app'),
      memberKind: 'identity',
      system: 'aws',
      scopeUid: SCOPE,
    });
  });

  it('keep a membership in a group that was not exported, and say that its policies are missing', async () => {
    const rows = await importFiles({ 'd.json': details({ users: [user('app', { GroupList: ['ops'] })] }) });
    expect(only(rows('memberships')).groupUid).toBe(arn('group/ops'));
    expect(complaints(rows)).toEqual([
      'aws/d.json: UserDetailList[0] at byte 34: GroupList: the group ops is not in the export',
    ]);
  });

  it('give roles for managed policies, with the document of the default version', async () => {
    const versions = [
      { VersionId: 'v2', IsDefaultVersion: true, Document: allowing('s3:GetObject', 'arn:aws:s3:::b/*') },
      { VersionId: 'v1', IsDefaultVersion: false, Document: allowing('*') },
    ];
    const rows = await importFiles({
      'd.json': details({
        policies: [policy(READ, {}, { DefaultVersionId: 'v2', PolicyVersionList: versions })],
      }),
    });
    expect(only(rows('roles'))).toEqual({
      uid: READ,
      system: 'aws',
      scopeUid: SCOPE,
      kind: 'managed-policy',
      name: 'Read',
      managedBy: 'customer',
      createdAt: '2026-01-02T03:04:05.000Z',
      document: allowing('s3:GetObject', 'arn:aws:s3:::b/*'),
      breadth: 'limited',
      raw: {
        PolicyId: 'ANPAEXAMPLEPOLICY000',
        DefaultVersionId: 'v2',
        UpdateDate: '2026-01-03T03:04:05.000Z',
        AttachmentCount: 1,
        PermissionsBoundaryUsageCount: 0,
      },
    });
  });

  it('give grants for what users, roles and groups hold, attached or inline', async () => {
    const inline = { PolicyName: 'in', PolicyDocument: allowing('s3:*') };
    const holding = { AttachedManagedPolicies: [attached(READ), attached(READ)] };
    const rows = await importFiles({
      'd.json': details({
        users: [user('u', { ...holding, UserPolicyList: [inline] })],
        groups: [group('g', { ...holding, GroupPolicyList: [inline] })],
        roles: [role('r', { ...holding, RolePolicyList: [inline] })],
        policies: [policy(READ, allowing('s3:GetObject'))],
      }),
    });
    const holders = ['user/u', 'group/g', 'role/r'].map((holder) => arn(holder));
    expect(rows('grants').map(({ uid }) => uid)).toEqual(
      holders.flatMap((holder) => [`${holder}->${READ}`, `${holder}->${holder}/inline/in`]),
    );
    expect(rows('grants').map(({ kind }) => kind)).toEqual(
      holders.flatMap(() => ['attached-policy', 'inline-policy']),
    );
    expect(rows('grants').map(({ principalKind }) => principalKind)).toEqual(
      ['identity', 'group', 'identity'].flatMap((kind) => [kind, kind]),
    );
    const inlineRoles = rows('roles').filter(({ kind }) => kind === 'inline-policy');
    expect(inlineRoles.map(({ uid, name, breadth }) => ({ uid, name, breadth }))).toEqual(
      holders.map((holder) => ({ uid: `${holder}/inline/in`, name: 'in', breadth: 'all-actions' })),
    );
  });

  it('give a guardrail for a permissions boundary, and no grant', async () => {
    const boundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: READ };
    const rows = await importFiles({
      'd.json': details({
        users: [user('u', { PermissionsBoundary: boundary })],
        policies: [policy(READ, allowing('*'))],
      }),
    });
    expect(only(rows('guardrails'))).toMatchObject({
      kind: 'permission-boundary',
      targetUid: arn('user/u'),
      roleUid: READ,
    });
    expect(rows('grants')).toEqual([]);
  });

  it('give a role without a document for a policy that is held and not exported', async () => {
    const boundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/Limit') };
    const holding = { AttachedManagedPolicies: [attached(AWS_READ)], PermissionsBoundary: boundary };
    const rows = await importFiles({
      'd.json': details({ users: [user('u', holding), user('v', holding)] }),
    });
    const unknown = { kind: 'managed-policy', document: null, breadth: null };
    expect(rows('roles')).toMatchObject([
      { ...unknown, uid: AWS_READ, scopeUid: 'aws:aws', managedBy: 'provider' },
      { ...unknown, uid: arn('policy/Limit'), scopeUid: SCOPE, managedBy: 'customer' },
    ]);
    const coverage = rows('coverage').filter(({ feed }) => feed === 'roles');
    expect(only(coverage)).toMatchObject({
      status: 'partial',
      detail: expect.stringContaining(`4 attached policies are not in the export, ${AWS_READ} among them`),
    });
  });
});
