import { describe, expect, it } from 'vitest';
import { only } from '../importing.ts';
import { readAll, signedIn, targetAt } from './reading.ts';
import { json, report, startServer, xml, xmlError, type AwsServer } from './server.ts';

const arn = (rest: string): string => `arn:aws:iam::111111111111:${rest}`;
const member = (...items: readonly string[]): string =>
  items.map((item) => `<member>${item}</member>`).join('');
const document = (...statements: readonly object[]): string =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

/** Answers authorization details with one list, and nothing for the others. */
function details(server: AwsServer, filter: string, list: string, ...items: readonly string[]): void {
  server.on('iam:GetAccountAuthorizationDetails', ({ input }) =>
    xml(
      'GetAccountAuthorizationDetails',
      `<IsTruncated>false</IsTruncated>${input['Filter.member.1'] === filter ? `<${list}>${member(...items)}</${list}>` : ''}`,
    ),
  );
}

const user = (name: string): string =>
  `<Path>/</Path><UserName>${name}</UserName><UserId>AIDA1</UserId><Arn>${arn(`user/${name}`)}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>`;
const role = (name: string, more = ''): string =>
  `<Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA1</RoleId><Arn>${arn(`role/${name}`)}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })}</AssumeRolePolicyDocument>${more}`;

describe('the credential report', () => {
  it('is made and waited for where there is none yet', async () => {
    const server = await startServer();
    const answers = [
      xmlError(410, 'ReportNotPresent'),
      xmlError(404, 'ReportInProgress'),
      xmlError(404, 'ReportInProgress'),
      report(['ci']),
    ];
    server.on('iam:GetCredentialReport', () => answers.shift() ?? xmlError(500, 'ServiceFailure'));
    server.on('iam:GenerateCredentialReport', () =>
      xml('GenerateCredentialReport', '<State>STARTED</State>'),
    );
    details(server, 'User', 'UserDetailList', user('ci'));
    const rows = await readAll(targetAt(server));
    expect(only(rows('identities')).raw).toEqual({ mfa_active: false });
    expect(answers).toEqual([]);
  });

  it('is taken as it is where it is fresh, and made anew where it is old', async () => {
    const server = await startServer();
    await readAll(targetAt(server));
    const generated = (): number =>
      server.received.filter(({ call }) => call === 'iam:GenerateCredentialReport').length;
    expect(generated()).toBe(0);
    server.on('iam:GetCredentialReport', () => report([], '2026-11-18T00:00:00Z'));
    const context = signedIn();
    await readAll(targetAt(server), context);
    expect(generated()).toBe(1);
  });

  it('is missed where it is refused, and the passwords are asked for one by one', async () => {
    const server = await startServer();
    server.on('iam:GetCredentialReport', () => xmlError(403, 'AccessDenied'));
    details(server, 'User', 'UserDetailList', user('jane'));
    server.on('iam:GetLoginProfile', () =>
      xml(
        'GetLoginProfile',
        '<LoginProfile><UserName>jane</UserName><CreateDate>2026-02-01T00:00:00Z</CreateDate></LoginProfile>',
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('credentials')).toMatchObject([
      {
        uid: arn('user/jane/console-password'),
        createdAt: '2026-02-01T00:00:00.000Z',
        lastUsedEvidence: 'none',
      },
    ]);
    expect(rows('coverage')).toContainEqual(
      expect.objectContaining({ feed: 'usages', missingPermission: 'iam:GetCredentialReport' }),
    );
  });
});

describe('the credentials of a user', () => {
  it('are its access keys with their last use, and its keys for Bedrock', async () => {
    const server = await startServer();
    server.on('iam:GetCredentialReport', () => report(['ci']));
    details(server, 'User', 'UserDetailList', user('ci'));
    server.on('iam:ListAccessKeys', () =>
      xml(
        'ListAccessKeys',
        `<AccessKeyMetadata>${member('<UserName>ci</UserName><AccessKeyId>AKIAEXAMPLE1</AccessKeyId><Status>Active</Status><CreateDate>2026-01-02T00:00:00Z</CreateDate>')}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`,
      ),
    );
    server.on('iam:GetAccessKeyLastUsed', () =>
      xml(
        'GetAccessKeyLastUsed',
        '<UserName>ci</UserName><AccessKeyLastUsed><LastUsedDate>2026-11-01T00:00:00Z</LastUsedDate><Region>eu-west-1</Region><ServiceName>s3</ServiceName></AccessKeyLastUsed>',
      ),
    );
    server.on('iam:ListServiceSpecificCredentials', () =>
      xml(
        'ListServiceSpecificCredentials',
        `<ServiceSpecificCredentials>${member('<UserName>ci</UserName><Status>Active</Status><ServiceName>bedrock.amazonaws.com</ServiceName><ServiceCredentialAlias>BedrockAPIKey-1</ServiceCredentialAlias><ServiceSpecificCredentialId>ACCA1</ServiceSpecificCredentialId><CreateDate>2026-03-01T00:00:00Z</CreateDate><ExpirationDate>2026-12-01T00:00:00Z</ExpirationDate>')}</ServiceSpecificCredentials>`,
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('credentials')).toMatchObject([
      {
        uid: arn('user/ci/bedrock-api-key/ACCA1'),
        kind: 'bedrock-api-key',
        name: 'BedrockAPIKey-1',
        enabled: true,
        expiresAt: '2026-12-01T00:00:00.000Z',
      },
      { uid: arn('user/ci/access-key/AKIAEXAMPLE1'), enabled: true, lastUsedAt: '2026-11-01T00:00:00.000Z' },
    ]);
  });
});

describe('a policy that only bounds', () => {
  const boundary = arn('policy/limit');
  const bounded = role(
    'app',
    `<PermissionsBoundary><PermissionsBoundaryArn>${boundary}</PermissionsBoundaryArn></PermissionsBoundary>`,
  );

  it('is fetched apart', async () => {
    const server = await startServer();
    details(server, 'Role', 'RoleDetailList', bounded);
    server.on('iam:GetPolicy', () =>
      xml(
        'GetPolicy',
        `<Policy><Arn>${boundary}</Arn><PolicyId>ANPA1</PolicyId><DefaultVersionId>v2</DefaultVersionId></Policy>`,
      ),
    );
    server.on('iam:GetPolicyVersion', ({ input }) =>
      xml(
        'GetPolicyVersion',
        `<PolicyVersion><VersionId>${String(input['VersionId'])}</VersionId><Document>${document({ Effect: 'Allow', Action: 's3:*', Resource: '*' })}</Document></PolicyVersion>`,
      ),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('roles')).toMatchObject([{ uid: boundary, document: { Statement: [{ Action: 's3:*' }] } }]);
  });

  it('is a policy without a document where it cannot be read', async () => {
    const server = await startServer();
    details(server, 'Role', 'RoleDetailList', bounded);
    server.on('iam:GetPolicy', () => xmlError(403, 'AccessDenied'));
    const rows = await readAll(targetAt(server));
    expect(rows('roles')).toMatchObject([{ uid: boundary, document: null }]);
    expect(rows('coverage')).toContainEqual(
      expect.objectContaining({ feed: 'roles', status: 'denied', missingPermission: 'iam:GetPolicy' }),
    );
  });
});

describe('last-accessed jobs', () => {
  it('are waited for, and started again where IAM forgot them', async () => {
    const server = await startServer();
    details(server, 'Role', 'RoleDetailList', role('app'));
    let jobs = 0;
    server.on('iam:GenerateServiceLastAccessedDetails', () =>
      xml('GenerateServiceLastAccessedDetails', `<JobId>job-${++jobs}</JobId>`),
    );
    let asked = 0;
    server.on('iam:GetServiceLastAccessedDetails', ({ input }) => {
      if (input['JobId'] === 'job-1') return xmlError(404, 'NoSuchEntity');
      if (++asked === 1) return xml('GetServiceLastAccessedDetails', '<JobStatus>IN_PROGRESS</JobStatus>');
      return xml(
        'GetServiceLastAccessedDetails',
        `<JobStatus>COMPLETED</JobStatus><JobCompletionDate>2026-11-19T00:00:00Z</JobCompletionDate><ServicesLastAccessed>${member('<ServiceName>Amazon S3</ServiceName><ServiceNamespace>s3</ServiceNamespace><LastAuthenticated>2026-11-02T00:00:00Z</LastAuthenticated>')}</ServicesLastAccessed>`,
      );
    });
    const rows = await readAll(targetAt(server, { lastAccessed: true }));
    expect(rows('usages').filter(({ source }) => source === 'aws:service-last-accessed')).toMatchObject([
      { subject: 'identity', lastUsedAt: '2026-11-02T00:00:00.000Z' },
      { subject: 'permission', permission: 's3', lastUsedAt: '2026-11-02T00:00:00.000Z' },
    ]);
  });
});

describe('the creator of a role', () => {
  it('is an inferred owner: who stands behind the session, if that is told', async () => {
    const server = await startServer();
    details(server, 'Role', 'RoleDetailList', role('app'));
    const event = (name: string, session: string): object => ({
      CloudTrailEvent: JSON.stringify({
        userIdentity: { arn: `arn:aws:sts::111111111111:assumed-role/Admin/${session}` },
        responseElements: { role: { arn: arn(`role/${name}`) } },
      }),
    });
    server.on('cloudtrail:LookupEvents', ({ input }) =>
      json({
        Events: JSON.stringify(input).includes('CreateRole')
          ? [event('app', 'jane@example.com'), event('gone', 'x')]
          : [],
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('owners')).toMatchObject([
      {
        identityUid: arn('role/app'),
        owner: 'jane@example.com',
        kind: 'person',
        source: 'cloudtrail:CreateRole',
        state: 'inferred',
      },
    ]);
  });

  it('and who changed what it holds are told as logged writes, failures left out', async () => {
    const server = await startServer();
    details(server, 'Role', 'RoleDetailList', role('app'));
    const event = (roleName: string, more: object): object => ({
      CloudTrailEvent: JSON.stringify({
        eventTime: '2026-11-19T08:00:00Z',
        userIdentity: { arn: arn('user/ops') },
        requestParameters: { roleName, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        ...more,
      }),
    });
    server.on('cloudtrail:LookupEvents', ({ input }) =>
      json({
        Events: JSON.stringify(input).includes('AttachRolePolicy')
          ? [event('app', {}), event('gone', {}), event('app', { errorCode: 'AccessDenied' })]
          : [],
      }),
    );
    const rows = await readAll(targetAt(server));
    expect(rows('loggedWrites')).toEqual([
      {
        system: 'aws',
        scopeUid: 'aws:111111111111',
        writtenAt: '2026-11-19T08:00:00.000Z',
        actor: arn('user/ops'),
        action: 'AttachRolePolicy',
        objectUid: `${arn('role/app')}->arn:aws:iam::aws:policy/AdministratorAccess`,
        source: 'aws:cloudtrail',
      },
    ]);
  });
});
