import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, arn, attached, awsRole, awsUser, policy } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, clusterBinding, clusterRole, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'wildcard-administrator-policy';
const everything = policy('all', { breadth: 'everything' });

describe('wildcard-administrator-policy', () => {
  it('fails an identity that holds a policy of one’s own which allows everything, and names its boundary', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      everything,
      attached('role/app', 'all'),
      {
        guardrails: [
          {
            uid: 'b',
            targetUid: arn('role/app'),
            roleUid: arn('policy/limit'),
          },
        ],
      },
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        subject: arn('policy/all'),
        severity: 'high',
        evidence: {
          breadth: 'everything',
          scopes: [ACCOUNT_UID],
          permission_boundaries: [arn('policy/limit')],
        },
      },
    ]);
  });

  it('fails a ClusterRole of one’s own likewise', async () => {
    const { found } = await judge(rule, [
      serviceAccount('ci/deployer'),
      clusterRole('everything', { breadth: 'everything' }),
      clusterBinding('deployer', 'everything', 'ci/deployer'),
    ]);
    expect(found).toEqual({ 'serviceaccount:ci/deployer clusterrole:everything': 'fail' });
  });

  it('fails each member of a group that holds it', async () => {
    const { findings } = await judge(rule, [
      awsUser('ci'),
      {
        groups: [{ uid: arn('group/ops') }],
        memberships: [{ groupUid: arn('group/ops'), memberUid: arn('user/ci') }],
      },
      everything,
      attached('group/ops', 'all'),
    ]);
    expect(findings).toMatchObject([
      { identity: arn('user/ci'), evidence: { through_groups: [arn('group/ops')] } },
    ]);
  });

  it('passes narrower policies, one resource, and what must be activated first', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      policy('s3', { breadth: 'all-actions' }),
      attached('role/a', 's3'),
      everything,
      awsRole('b'),
      attached('role/b', 'all', { resourceUid: 'arn:aws:s3:::one' }),
      awsRole('c'),
      attached('role/c', 'all', { state: 'eligible' }),
      awsRole('d'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 4 });
  });

  it('does not know about a document that was not understood, or a grant under a condition', async () => {
    const { found } = await judge(rule, [
      awsRole('a'),
      policy('odd', { breadth: null }),
      attached('role/a', 'odd'),
      awsRole('b'),
      everything,
      attached('role/b', 'all', { condition: { expression: 'x' } }),
    ]);
    expect(found).toEqual({
      'role/a policy/odd': 'unknown',
      'role/b policy/all': 'unknown',
    });
  });

  it('does not know about a policy that is not there where policies were read in part, and about no other', async () => {
    const rows = [
      awsRole('a'),
      attached('role/a', 'unread'),
      attached('role/a', 'x', { uid: 'theirs', roleUid: 'arn:aws:iam::aws:policy/Unread' }),
      awsRole('b'),
    ];
    expect((await judge(rule, rows)).found).toEqual({});
    const partial = await judge(rule, [...rows, notRead('roles', ACCOUNT_UID, 'partial')]);
    expect(partial.found).toEqual({ 'role/a policy/unread': 'unknown' });
    expect(partial.passed).toBe(1);
  });

  it('leaves alone the provider’s roles and identities, people, and who is disabled', async () => {
    const { found, passed } = await judge(rule, [
      everything,
      awsRole('theirs', { managedBy: 'provider' }),
      attached('role/theirs', 'all'),
      awsUser('alice', { class: 'human' }),
      attached('user/alice', 'all'),
      awsRole('off', { enabled: false }),
      attached('role/off', 'all'),
      awsRole('built-in'),
      policy('AdministratorAccess', { managedBy: 'provider', breadth: 'everything' }),
      attached('role/built-in', 'AdministratorAccess'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know where policies were not collected', async () => {
    const { found } = await judge(rule, [
      awsRole('a'),
      notRead('roles', ACCOUNT_UID),
      serviceAccount('shop/web'),
      notRead('grants', CLUSTER_UID, 'partial'),
    ]);
    expect(found).toEqual({ 'role/a': 'unknown', 'serviceaccount:shop/web': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
