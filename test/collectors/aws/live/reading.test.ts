import { describe, expect, it } from 'vitest';
import { CollectError } from '#model/errors.ts';
import { FEEDS } from '#model/scope.ts';
import { statuses } from '../importing.ts';
import { HOME, readAll, signedIn, targetAt } from './reading.ts';
import { identity, json, startServer, xml, xmlError } from './server.ts';

describe('an account that is read live', () => {
  it('has a complete row for every feed where every call was answered', async () => {
    const server = await startServer();
    const rows = await readAll(targetAt(server, { lastAccessed: true }));
    const incomplete = rows('coverage').filter(({ status }) => status !== 'complete');
    expect(incomplete).toEqual([]);
    expect(new Set(rows('coverage').map(({ feed }) => feed))).toEqual(new Set(FEEDS));
    expect(statuses(rows, 'guardrails', HOME)).toMatchObject({ 'organizations:ListPolicies': 'complete' });
  });

  it('says that last-accessed jobs are off', async () => {
    const server = await startServer();
    const rows = await readAll(targetAt(server));
    const off = rows('coverage').filter(({ status }) => status !== 'complete');
    expect(off).toMatchObject([
      { feed: 'usages', call: 'iam:GetServiceLastAccessedDetails', status: 'skipped' },
    ]);
  });

  it('loses only what a denied call would have told, and names the right', async () => {
    const server = await startServer();
    server.on('iam:ListOpenIDConnectProviders', () => xmlError(403, 'AccessDenied'));
    server.on('s3:ListBuckets', () => xmlError(403, 'AccessDenied'));
    const rows = await readAll(targetAt(server));
    const denied = rows('coverage').filter(({ status }) => status === 'denied');
    expect(denied.map(({ feed, call, missingPermission }) => [feed, call, missingPermission])).toEqual([
      ['trusts', 'iam:ListOpenIDConnectProviders', 'iam:ListOpenIDConnectProviders'],
      ['resource-policies', 's3:ListBuckets', 's3:ListAllMyBuckets'],
    ]);
    expect(statuses(rows, 'resource-policies', HOME)).toMatchObject({
      's3:GetBucketPolicy': 'partial',
      'kms:GetKeyPolicy': 'complete',
    });
  });

  it('says which Region a failure was in', async () => {
    const server = await startServer();
    server.on('lambda:ListFunctions', ({ region }) =>
      region === 'eu-west-1'
        ? json({ __type: 'AccessDeniedException', Message: 'no' }, 403)
        : json({ Functions: [] }),
    );
    const rows = await readAll(targetAt(server, { regions: ['us-east-1', 'eu-west-1'] }));
    const denied = rows('coverage').filter(({ status, feed }) => status === 'denied' && feed === 'workloads');
    expect(denied).toMatchObject([
      { call: 'lambda:ListFunctions', detail: expect.stringMatching(/^eu-west-1: refused/u) },
    ]);
  });

  it('waits as long as a throttled call is told to, and reads on', async () => {
    const server = await startServer();
    let times = 0;
    server.on('kms:ListKeys', () =>
      times++ < 2 ? json({ __type: 'ThrottlingException' }, 400, { 'retry-after': '7' }) : json({ Keys: [] }),
    );
    const context = signedIn();
    const rows = await readAll(targetAt(server), context);
    expect(statuses(rows, 'resource-policies', HOME)).toMatchObject({ 'kms:ListKeys': 'complete' });
    expect(context.slept.filter((wait) => wait >= 7000).length).toBeGreaterThanOrEqual(2);
  });

  it('gives up a call that is throttled again and again', async () => {
    const server = await startServer();
    server.on('iam:ListSAMLProviders', () => xmlError(429, 'Throttling'));
    const rows = await readAll(targetAt(server));
    expect(rows('coverage')).toContainEqual(
      expect.objectContaining({
        call: 'iam:ListSAMLProviders',
        status: 'failed',
        detail: expect.stringContaining('throttled'),
      }),
    );
  });

  it('tries again after a cut connection, and says so where it stays cut', async () => {
    const server = await startServer();
    let times = 0;
    server.on('glue:GetJobs', () => (times++ === 0 ? 'cut' : json({ Jobs: [] })));
    server.on('secretsmanager:ListSecrets', () => 'cut');
    const rows = await readAll(targetAt(server));
    expect(statuses(rows, 'workloads', HOME)).toMatchObject({ 'glue:GetJobs': 'complete' });
    expect(rows('coverage')).toContainEqual(
      expect.objectContaining({
        feed: 'credentials',
        call: 'secretsmanager:ListSecrets',
        status: 'failed',
        detail: expect.stringContaining('could not be reached'),
      }),
    );
  });

  it('ends a list whose pages go round in a circle', async () => {
    const server = await startServer();
    server.on('glue:GetDevEndpoints', () => json({ DevEndpoints: [], NextToken: 'again' }));
    const rows = await readAll(targetAt(server));
    expect(rows('coverage')).toContainEqual(
      expect.objectContaining({
        call: 'glue:GetDevEndpoints',
        status: 'failed',
        detail: expect.stringContaining('page'),
      }),
    );
  });

  it('takes replies that are none of AWS for failures', async () => {
    const server = await startServer();
    server.on('sns:ListTopics', () => ({ body: '<html>blocked by a proxy</html>' }));
    server.on('kms:ListKeys', () => ({ body: '<html>blocked by a proxy</html>' }));
    server.on('states:ListStateMachines', () => json({ stateMachines: 'none' }));
    const rows = await readAll(targetAt(server));
    expect(statuses(rows, 'resource-policies', HOME)).toMatchObject({ 'kms:ListKeys': 'failed' });
  });

  it('stops at once when it is aborted', async () => {
    const server = await startServer();
    const abort = new AbortController();
    server.on('iam:GetAccountAuthorizationDetails', () => {
      abort.abort(new Error('stopped by the user'));
      return new Promise(() => undefined);
    });
    await expect(readAll(targetAt(server), signedIn(abort.signal))).rejects.toThrow('stopped by the user');
  });

  it('cannot be read with credentials that are nobody’s', async () => {
    const server = await startServer();
    server.on('sts:GetCallerIdentity', () => xmlError(403, 'InvalidClientTokenId'));
    const reading = readAll(targetAt(server));
    await expect(reading).rejects.toThrow(CollectError);
    await expect(reading).rejects.toThrow(/does not say who the credentials are: InvalidClientTokenId/u);
  });
});

describe('member accounts', () => {
  const keys = (id: string): string =>
    `<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>`;

  it('are read with the credentials of a role in each, and one that refuses touches no other', async () => {
    const server = await startServer();
    server.on('sts:AssumeRole', ({ input }) =>
      input['RoleArn'] === 'arn:aws:iam::222222222222:role/nhi-auditor'
        ? xml('AssumeRole', keys('MEMBERKEY'))
        : xmlError(403, 'AccessDenied'),
    );
    server.on('iam:GetCredentialReport', ({ key }) =>
      xmlError(403, key === 'HOMEKEY' ? 'AccessDenied' : 'AccessDenied'),
    );
    const target = targetAt(server, { accounts: ['222222222222', '333333333333'], externalId: 'x-1' });
    const rows = await readAll(target);
    expect(
      server.received
        .filter(({ call }) => call === 'sts:AssumeRole')
        .every(({ input }) => input['ExternalId'] === 'x-1'),
    ).toBe(true);
    expect(
      server.received.some(({ call, key }) => call === 'iam:ListInstanceProfiles' && key === 'MEMBERKEY'),
    ).toBe(true);
    expect(statuses(rows, 'roles', '222222222222')).toEqual({
      'iam:GetAccountAuthorizationDetails': 'complete',
    });
    const refused = rows('coverage').filter(({ scopeUid }) => scopeUid === 'aws:333333333333');
    expect(refused.map(({ feed }) => feed)).toEqual([...FEEDS]);
    expect(refused[0]).toMatchObject({
      call: 'sts:AssumeRole',
      status: 'denied',
      missingPermission: 'sts:AssumeRole',
    });
    expect(rows('scopes').map(({ uid }) => uid)).toEqual(
      expect.arrayContaining(['aws:111111111111', 'aws:222222222222', 'aws:333333333333']),
    );
  });

  it('are read after the target’s own role was assumed', async () => {
    const server = await startServer();
    server.on('sts:AssumeRole', () => xml('AssumeRole', keys('STARTKEY')));
    server.on('sts:GetCallerIdentity', ({ key }) =>
      xml('GetCallerIdentity', identity(key === 'STARTKEY' ? '444444444444' : HOME)),
    );
    const rows = await readAll(targetAt(server, { roleArn: 'arn:aws:iam::444444444444:role/first' }));
    expect(rows('scopes').map(({ uid }) => uid)).toContain('aws:444444444444');
    expect(server.received.filter(({ call }) => call === 'sts:AssumeRole')).toHaveLength(1);
  });
});
