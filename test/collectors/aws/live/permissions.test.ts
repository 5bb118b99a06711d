import { describe, expect, it } from 'vitest';
import { awsActionNumber } from '#catalogue/aws/actions.ts';
import { awsLive } from '#collectors/aws/live/index.ts';
import { readAll, targetAt } from './reading.ts';
import { startServer } from './server.ts';

const nowhere = { endpoint: 'http://127.0.0.1:9' };

function statements(
  text: string,
): readonly { Effect: string; Action: string | string[]; Resource: string | string[] }[] {
  return JSON.parse(text).Statement;
}

describe('the policies that a target needs', () => {
  const organization = targetAt(nowhere, { accounts: 'organization', lastAccessed: true });
  const [management, member, ...others] = awsLive.permissions(organization);

  it('are two: one for the management account and one for its members', () => {
    expect(others).toEqual([]);
    expect(management?.permissions).toContain('organizations:ListPolicies');
    expect(management?.permissions).toContain('sts:AssumeRole');
    expect(member?.permissions).not.toContain('organizations:ListPolicies');
    expect(member?.permissions).not.toContain('sts:AssumeRole');
  });

  it('name actions that AWS knows', () => {
    const named = [management, member].flatMap((each) =>
      statements(each?.text ?? '{}').flatMap(({ Action }) => Action),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((action) => awsActionNumber(action) < 0)).toEqual([]);
  });

  it('deny what reads secrets, and allow none of it', () => {
    for (const each of [management, member]) {
      const all = statements(each?.text ?? '{}');
      const denied = all.filter(({ Effect }) => Effect === 'Deny').flatMap(({ Action }) => Action);
      expect(denied).toEqual(
        expect.arrayContaining([
          'secretsmanager:GetSecretValue',
          'ssm:GetParameter',
          'kms:Decrypt',
          's3:GetObject',
        ]),
      );
      expect(each?.permissions.filter((action) => denied.includes(action))).toEqual([]);
    }
  });

  it('fit into one managed policy each', () => {
    for (const each of [management, member])
      expect(each?.text.replaceAll(/\s/gu, '').length).toBeLessThan(6144);
  });

  it('let the roles of the named members be assumed, and no others', () => {
    const [first] = awsLive.permissions(targetAt(nowhere, { accounts: ['222222222222'] }));
    const assume = statements(first?.text ?? '{}').find(({ Action }) => Action === 'sts:AssumeRole');
    expect(assume?.Resource).toEqual(['arn:aws:iam::222222222222:role/nhi-auditor']);
  });

  it('ask for nothing that is not configured', () => {
    const documents = awsLive.permissions(targetAt(nowhere));
    expect(documents).toHaveLength(1);
    expect(documents[0]?.permissions).not.toContain('iam:GenerateServiceLastAccessedDetails');
    expect(documents[0]?.permissions).not.toContain('sts:AssumeRole');
  });

  it('allow every call that a scan makes', async () => {
    const server = await startServer();
    server.on('organizations:DescribeOrganization', () => ({
      body: '{"Organization":{"Id":"o-exampleorgid","Arn":"arn:aws:organizations::111111111111:organization/o-exampleorgid"}}',
    }));
    await readAll(targetAt(server, { lastAccessed: true }));
    const [allowed] = awsLive.permissions(targetAt(server, { lastAccessed: true }));
    const RENAMED = new Map([['s3:ListBuckets', 's3:ListAllMyBuckets']]);
    const made = new Set(server.received.map(({ call }) => RENAMED.get(call) ?? call));
    made.delete('sts:GetCallerIdentity');
    expect(made.size).toBeGreaterThan(35);
    expect([...made].filter((call) => allowed?.permissions.includes(call) !== true)).toEqual([]);
  });
});
