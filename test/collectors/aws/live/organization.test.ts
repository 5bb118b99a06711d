import { describe, expect, it } from 'vitest';
import { only, statuses } from '../importing.ts';
import { HOME, readAll, targetAt } from './reading.ts';
import { json, startServer, type AwsServer } from './server.ts';

const arn = (rest: string): string => `arn:aws:organizations::${HOME}:${rest}`;
const ROOT = arn('root/o-exampleorgid/r-exam');
const UNIT = arn('ou/o-exampleorgid/ou-exam-unit1');
const DENY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };

/** An organisation with one unit that holds one account beside the management account. */
async function organization(): Promise<AwsServer> {
  const server = await startServer();
  const on = (operation: string, answer: (input: Readonly<Record<string, unknown>>) => unknown): void =>
    server.on(`organizations:${operation}`, ({ input }) => json(answer(input)));
  on('DescribeOrganization', () => ({
    Organization: { Id: 'o-exampleorgid', Arn: arn('organization/o-exampleorgid') },
  }));
  on('ListRoots', () => ({
    Roots: [
      {
        Id: 'r-exam',
        Arn: ROOT,
        Name: 'Root',
        PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    ],
  }));
  on('ListAccountsForParent', ({ ParentId }) => ({
    Accounts: [
      ParentId === 'r-exam'
        ? { Id: HOME, Name: 'management', Status: 'ACTIVE' }
        : { Id: '222222222222', Name: 'shop', Status: 'ACTIVE' },
    ],
  }));
  on('ListOrganizationalUnitsForParent', ({ ParentId }) => ({
    OrganizationalUnits: ParentId === 'r-exam' ? [{ Id: 'ou-exam-unit1', Arn: UNIT, Name: 'Workloads' }] : [],
  }));
  on('ListPolicies', ({ Filter }) => ({
    Policies: [{ Id: Filter === 'SERVICE_CONTROL_POLICY' ? 'p-scp' : 'p-rcp', Name: 'no buckets' }],
  }));
  on('DescribePolicy', () => ({ Policy: { Content: JSON.stringify(DENY) } }));
  on('ListTargetsForPolicy', () => ({
    Targets: [{ TargetId: 'ou-exam-unit1' }, { TargetId: '222222222222' }],
  }));
  return server;
}

describe('an organisation', () => {
  it('has its policies where they are attached, of the types that are enabled', async () => {
    const rows = await readAll(targetAt(await organization()));
    expect(rows('guardrails')).toMatchObject([
      {
        uid: `${UNIT}/service-control-policy/p-scp`,
        targetUid: UNIT,
        scopeUid: UNIT,
        roleUid: null,
        document: DENY,
      },
      { uid: 'aws:222222222222/service-control-policy/p-scp', targetUid: 'aws:222222222222', document: DENY },
    ]);
    expect(rows('scopes').find(({ uid }) => uid === UNIT)?.parentUid).toBe(ROOT);
    expect(rows('scopes').find(({ uid }) => uid === ROOT)?.parentUid).toBe(
      arn('organization/o-exampleorgid'),
    );
    expect(Object.values(statuses(rows, 'guardrails', HOME))).not.toContain('denied');
  });

  it('names the accounts that the target leaves out', async () => {
    const rows = await readAll(targetAt(await organization()));
    const left = only(rows('coverage').filter(({ scopeUid }) => scopeUid === 'aws:222222222222'));
    expect(left).toMatchObject({ feed: 'identities', status: 'skipped' });
    expect(rows('scopes').find(({ uid }) => uid === 'aws:222222222222')).toMatchObject({
      name: 'shop',
      parentUid: UNIT,
    });
  });

  it('stays unknown to a member that may not read it', async () => {
    const server = await organization();
    const denied = json({ __type: 'AccessDeniedException', Message: 'no' }, 400);
    for (const operation of ['ListRoots', 'ListPolicies'])
      server.on(`organizations:${operation}`, () => denied);
    const rows = await readAll(targetAt(server));
    expect(rows('guardrails')).toEqual([]);
    expect(only(rows('scopes').filter(({ uid }) => uid === `aws:${HOME}`)).parentUid).toBeNull();
    const missing = rows('coverage').filter(
      ({ feed, status }) => feed === 'guardrails' && status === 'denied',
    );
    expect(new Set(missing.map(({ missingPermission }) => missingPermission))).toEqual(
      new Set(['organizations:ListRoots', 'organizations:ListPolicies']),
    );
  });

  it('keeps a policy whose document cannot be read as one that is there', async () => {
    const server = await organization();
    server.on('organizations:DescribePolicy', () => json({ Policy: { Content: '{"Version":' } }));
    const rows = await readAll(targetAt(server));
    expect(rows('guardrails').map(({ document }) => document)).toEqual([null, null]);
    expect(statuses(rows, 'guardrails', HOME)).toMatchObject({ 'organizations:DescribePolicy': 'failed' });
  });
});
