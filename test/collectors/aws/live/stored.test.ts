import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import { accessRecords } from '#test/access/access-records.ts';
import { only, statuses } from '../importing.ts';
import { HOME, readAll, signedIn, targetAt } from './reading.ts';
import { json, startServer, xml, xmlError } from './server.ts';

const role = (name: string): string => `arn:aws:iam::${HOME}:role/${name}`;
const members = (list: string, ...items: readonly string[]): string =>
  `<${list}>${items.map((item) => `<member>${item}</member>`).join('')}</${list}>`;

describe('a parameter of Systems Manager', () => {
  it('is a stored secret as old as its value, with the end that its policy gives it', async () => {
    const server = await startServer();
    const policy = { Type: 'Expiration', Version: '1.0', Attributes: { Timestamp: '2027-01-01T00:00:00Z' } };
    server.on('ssm:DescribeParameters', ({ input }) => {
      expect(input).toMatchObject({ ParameterFilters: [{ Key: 'Type', Values: ['SecureString'] }] });
      return json({
        Parameters: [
          {
            Name: '/shop/db',
            Type: 'SecureString',
            LastModifiedDate: Date.parse('2026-05-01T00:00:00Z') / 1000,
            Policies: [{ PolicyType: 'Expiration', PolicyText: JSON.stringify(policy) }],
          },
          { Name: 'plain', Type: 'String' },
        ],
      });
    });
    const rows = await readAll(targetAt(server));
    expect(only(rows('credentials'))).toMatchObject({
      uid: `arn:aws:ssm:us-east-1:${HOME}:parameter/shop/db`,
      kind: 'stored-secret',
      createdAt: '2026-05-01T00:00:00.000Z',
      expiresAt: '2027-01-01T00:00:00.000Z',
      lastUsedEvidence: 'none',
    });
    expect(server.received.map(({ call }) => call).filter((call) => call.startsWith('ssm:Get'))).toEqual([]);
  });

  it('is not known where the list is refused, and the right is named', async () => {
    const server = await startServer();
    server.on('ssm:DescribeParameters', () => json({ __type: 'AccessDeniedException', Message: 'no' }, 400));
    const rows = await readAll(targetAt(server));
    expect(rows('coverage')).toContainEqual(
      expect.objectContaining({
        feed: 'credentials',
        status: 'denied',
        missingPermission: 'ssm:DescribeParameters',
      }),
    );
  });
});

describe('a server certificate', () => {
  it('is a credential with the end that it has', async () => {
    const server = await startServer();
    const Arn = `arn:aws:iam::${HOME}:server-certificate/web`;
    server.on('iam:ListServerCertificates', () =>
      xml(
        'ListServerCertificates',
        members(
          'ServerCertificateMetadataList',
          `<Arn>${Arn}</Arn><ServerCertificateName>web</ServerCertificateName><UploadDate>2025-01-01T00:00:00Z</UploadDate><Expiration>2026-12-01T00:00:00Z</Expiration>`,
        ),
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(only(rows('credentials'))).toMatchObject({
      uid: Arn,
      kind: 'server-certificate',
      expiresAt: '2026-12-01T00:00:00.000Z',
    });
  });
});

describe('a user whom no credential report has', () => {
  it('is a person where it has a password, a second factor and no key', async () => {
    const server = await startServer();
    server.on('iam:GetCredentialReport', () => xmlError(403, 'AccessDenied'));
    server.on('iam:GetAccountAuthorizationDetails', ({ input }) =>
      xml(
        'GetAccountAuthorizationDetails',
        input['Filter.member.1'] === 'User'
          ? members(
              'UserDetailList',
              ...['jane', 'ci'].map(
                (name) => `<UserName>${name}</UserName><Arn>arn:aws:iam::${HOME}:user/${name}</Arn>`,
              ),
            )
          : '',
      ),
    );
    server.on('iam:GetLoginProfile', ({ input }) =>
      input['UserName'] === 'jane'
        ? xml('GetLoginProfile', '<LoginProfile><UserName>jane</UserName></LoginProfile>')
        : xmlError(404, 'NoSuchEntity'),
    );
    server.on('iam:ListMFADevices', ({ input }) =>
      xml(
        'ListMFADevices',
        input['UserName'] === 'jane'
          ? members('MFADevices', '<UserName>jane</UserName><SerialNumber>GAHT1</SerialNumber>')
          : '',
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(
      rows('identities').map(({ name, class: kind, classReason, raw }) => [name, kind, classReason, raw]),
    ).toEqual([
      ['jane', 'human', 'console password with MFA and no active access key', { mfa_active: true }],
      ['ci', 'unknown', 'neither an access key nor a console password', { mfa_active: false }],
    ]);
  });
});

describe('a grant on a key', () => {
  const KeyArn = `arn:aws:kms:us-east-1:${HOME}:key/k-1`;

  it('allows its grantee what it is for, as a policy on the key would', async () => {
    const server = await startServer();
    server.on('kms:ListKeys', () => json({ Keys: [{ KeyId: 'k-1', KeyArn }] }));
    server.on('kms:ListGrants', () =>
      json({
        Grants: [
          {
            GrantId: 'g-1',
            GranteePrincipal: role('app'),
            RetiringPrincipal: role('admin'),
            Operations: ['Decrypt', 'GenerateDataKey'],
            Constraints: { EncryptionContextSubset: { tenant: 'a' } },
          },
          { GrantId: 'g-2', GranteePrincipal: 'dynamodb.us-east-1.amazonaws.com', Operations: ['Decrypt'] },
        ],
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('resourcePolicies').filter(({ kind }) => kind === 'kms-grant')).toMatchObject([
      {
        uid: `${KeyArn}/grant/g-1`,
        resourceUid: KeyArn,
        document: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: role('app') },
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } },
            },
            { Principal: { AWS: role('admin') }, Action: ['kms:RetireGrant'] },
          ],
        },
      },
      { document: { Statement: [{ Principal: { Service: 'dynamodb.us-east-1.amazonaws.com' } }] } },
    ]);
  });

  it('lets the engine allow it without any other policy, and nothing else', async () => {
    const server = await startServer();
    server.on('iam:GetAccountAuthorizationDetails', ({ input }) =>
      xml(
        'GetAccountAuthorizationDetails',
        input['Filter.member.1'] === 'Role'
          ? `<RoleDetailList><member><RoleName>app</RoleName><Arn>${role('app')}</Arn></member></RoleDetailList>`
          : '',
      ),
    );
    server.on('kms:ListKeys', () => json({ Keys: [{ KeyId: 'k-1', KeyArn }] }));
    const keeper = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${HOME}:user/keeper` },
      Action: 'kms:*',
    };
    server.on('kms:GetKeyPolicy', () =>
      json({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ ...keeper, Resource: '*' }] }) }),
    );
    server.on('kms:ListGrants', () =>
      json({ Grants: [{ GrantId: 'g-1', GranteePrincipal: role('app'), Operations: ['Decrypt'] }] }),
    );
    const rows = await readAll(targetAt(server));
    const records = accessRecords({
      scopes: rows('scopes'),
      identities: rows('identities'),
      resourcePolicies: rows('resourcePolicies'),
      coverage: rows('coverage'),
    });
    const access = awsAccess(records, { asOf: signedIn().asOf, organization: 'none' });
    const decisions = ['kms:Decrypt', 'kms:Encrypt'].map(
      (action) => access.decide({ principal: role('app'), action, resource: KeyArn }).decision,
    );
    expect(decisions).toEqual(['allowed', 'denied']);
  });

  it('that names nobody is said to be there', async () => {
    const server = await startServer();
    server.on('kms:ListKeys', () => json({ Keys: [{ KeyId: 'k-1', KeyArn }] }));
    server.on('kms:ListGrants', () => json({ Grants: [{ GrantId: 'g-1', Operations: ['Decrypt'] }] }));
    const rows = await readAll(targetAt(server));
    expect(statuses(rows, 'resource-policies', HOME)).toMatchObject({ 'kms:ListGrants': 'partial' });
  });
});

describe('a SAML provider', () => {
  it('is called by its ARN, with the name that it has for itself', async () => {
    const server = await startServer();
    const Arn = `arn:aws:iam::${HOME}:saml-provider/entra`;
    server.on('iam:ListSAMLProviders', () =>
      xml(
        'ListSAMLProviders',
        members('SAMLProviderList', `<Arn>${Arn}</Arn><ValidUntil>2036-01-01T00:00:00Z</ValidUntil>`),
      ),
    );
    const metadata =
      '<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis" entityID="https://sts.windows.net/t/">';
    server.on('iam:GetSAMLProvider', () =>
      xml(
        'GetSAMLProvider',
        `<SAMLMetadataDocument>${metadata.replaceAll('<', '&lt;')}</SAMLMetadataDocument>${members('Tags', '<Key>team</Key><Value>idp</Value>')}`,
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('scopes').find(({ uid }) => uid === Arn)).toMatchObject({
      kind: 'federation-provider',
      tags: { team: 'idp' },
      raw: { ValidUntil: '2036-01-01T00:00:00.000Z', EntityId: 'https://sts.windows.net/t/' },
    });
  });
});
