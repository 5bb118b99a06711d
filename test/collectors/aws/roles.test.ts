import { describe, expect, it } from 'vitest';
import { ACCOUNT, arn, AS_OF, details, importFiles, only, role, trusting } from './importing.ts';

const SCOPE = `aws:${ACCOUNT}`;

describe('a role', () => {
  it('gives an identity, its trust policy and its trusts', async () => {
    const rows = await importFiles({ 'd.json': details({ roles: [role('app')] }) });
    expect(only(rows('identities'))).toMatchObject({
      uid: arn('role/app'),
      kind: 'iam-role',
      class: 'non-human',
      classReason: 'open to the service ec2.amazonaws.com',
      managedBy: 'customer',
      enabled: true,
    });
    expect(only(rows('resourcePolicies'))).toEqual({
      uid: `${arn('role/app')}/trust`,
      system: 'aws',
      scopeUid: SCOPE,
      resourceUid: arn('role/app'),
      kind: 'trust',
      document: trusting({ Service: 'ec2.amazonaws.com' }),
    });
    expect(only(rows('trusts'))).toMatchObject({
      identityUid: arn('role/app'),
      trusted: 'ec2.amazonaws.com',
    });
  });

  it('gives its use with what the source looked at', async () => {
    const used = { LastUsedDate: '2026-10-01T00:00:00+00:00', Region: 'eu-west-1' };
    const rows = await importFiles({
      'd.json': details({ roles: [role('used', { RoleLastUsed: used }), role('unused')] }),
    });
    expect(rows('usages')).toMatchObject([
      {
        identityUid: arn('role/used'),
        subject: 'identity',
        source: 'aws:role-last-used',
        lastUsedAt: '2026-10-01T00:00:00.000Z',
        windowStart: '2025-10-16T00:00:00.000Z',
        windowEnd: AS_OF,
      },
      { identityUid: arn('role/unused'), lastUsedAt: null, windowStart: '2025-10-16T00:00:00.000Z' },
    ]);
    expect(rows('identities')[0]?.raw).toEqual({ RoleLastUsedRegion: 'eu-west-1' });
  });

  it('says nothing of its use without RoleLastUsed', async () => {
    const rows = await importFiles({
      'd.json': details({
        roles: [role('old', { RoleLastUsed: undefined }), role('null', { RoleLastUsed: null })],
      }),
    });
    expect(rows('usages')).toEqual([]);
  });

  it('gives a workload for an instance profile', async () => {
    const profiles = [{ Arn: arn('instance-profile/web'), InstanceProfileName: 'web', Roles: [] }];
    const rows = await importFiles({
      'd.json': details({ roles: [role('web', { InstanceProfileList: profiles })] }),
    });
    expect(only(rows('workloads'))).toMatchObject({
      uid: arn('instance-profile/web'),
      identityUid: arn('role/web'),
      kind: 'instance-profile',
      name: 'web',
    });
  });

  it('is marked as AWS’s own by its path and not by its name', async () => {
    const rows = await importFiles({
      'd.json': details({
        roles: [
          role('aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport'),
          role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef'),
          role('AWSServiceRoleForMe'),
          role('AWSReservedSSO_Me'),
        ],
      }),
    });
    expect(rows('identities').map(({ name, managedBy }) => [name, managedBy])).toEqual([
      ['AWSServiceRoleForSupport', 'provider'],
      ['AWSReservedSSO_Admin_0123456789abcdef', 'provider'],
      ['AWSServiceRoleForMe', 'customer'],
      ['AWSReservedSSO_Me', 'customer'],
    ]);
  });
});
