import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { ACCOUNT_UID, awsRole, trust, trustPolicy } from '#test/estates/aws.ts';
import { TENANT_UID, servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'trust-open-to-anyone';
const everyone = { trusted: '*', trustedKind: 'everyone', external: true } as const;

/** The verdict on `*` under each of some conditions; a condition that passes is `pass`. */
async function verdicts(conditions: Readonly<Record<string, Json>>): Promise<Record<string, string>> {
  const trusts = Object.entries(conditions).map(([name, condition]) =>
    trust('shared', name, { ...everyone, condition }),
  );
  const { found } = await judge(rule, [awsRole('shared'), ...trusts]);
  return Object.fromEntries(
    Object.keys(conditions).map((name) => [name, found[`role/shared ${name}`] ?? 'pass']),
  );
}

/** The verdicts that are not what all of them should be. */
function others(found: Readonly<Record<string, string>>, verdict: string): Record<string, string> {
  return Object.fromEntries(Object.entries(found).filter(([, each]) => each !== verdict));
}

describe('trust-open-to-anyone', () => {
  it('fails a role that trusts everyone without a condition', async () => {
    const { findings } = await judge(rule, [awsRole('open'), trust('open', 't', everyone)]);
    expect(findings).toMatchObject([
      {
        subject: 't',
        severity: 'critical',
        evidence: { trusted: '*', mechanism: 'sts:AssumeRole', condition: null },
      },
    ]);
  });

  it('passes a condition that says where the caller must come from', async () => {
    const found = await verdicts({
      organization: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      'organization, any case': { stringequals: { 'AWS:principalorgid': ['o-a1b2c3d4e5'] } },
      paths: {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' },
      },
      principal: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/ci-*' } },
      account: { StringEquals: { 'aws:PrincipalAccount': ['222222222222', '333333333333'] } },
      source: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::acme-bucket' } },
      'source topic': { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:222222222222:*' } },
      'source account': { StringEquals: { 'aws:SourceAccount': '222222222222' } },
      network: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
      'one of two keys': { StringEquals: { 'sts:ExternalId': 'x', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    });
    expect(others(found, 'pass')).toEqual({});
  });

  it('fails a condition that any caller can meet', async () => {
    const found = await verdicts({
      'external id': { StringEquals: { 'sts:ExternalId': 'shared-secret' } },
      'session name': { StringLike: { 'sts:RoleSessionName': 'ci-*' } },
      tag: { StringEquals: { 'aws:PrincipalTag/team': 'platform' } },
      'user name': { StringEquals: { 'aws:username': 'deploy' } },
      mfa: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      tls: { Bool: { 'aws:SecureTransport': true } },
      'without its key': { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      'of no values': { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } },
      excluding: { StringNotEquals: { 'aws:PrincipalAccount': '222222222222' } },
      'any organization': { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
      'any account': { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci' } },
      'one value too many': {
        StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::222222222222:role/ci', '*'] },
      },
      'any bucket': { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
      'the whole internet': { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    });
    expect(others(found, 'fail')).toEqual({});
  });

  it('does not know about a key that it has no facts of, or a Deny beside the trust', async () => {
    expect(await verdicts({ odd: { StringEquals: { 'acme:Realm': 'x' } } })).toEqual({ odd: 'unknown' });
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };
    const allow = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
    const { found } = await judge(rule, [
      awsRole('list'),
      trust('list', 't1', everyone),
      trustPolicy('list', { Statement: [allow, deny] }),
      awsRole('single'),
      trust('single', 't2', everyone),
      trustPolicy('single', { Statement: allow }),
    ]);
    expect(found).toEqual({ 'role/list t1': 'unknown', 'role/single t2': 'fail' });
  });

  it('reads conditions of every shape without failing', async () => {
    const found = await verdicts({
      text: 'nonsense',
      list: ['nonsense'],
      'no keys': { StringEquals: {} },
      'text for keys': { StringEquals: 'x' },
      'odd values': { StringEquals: { 'aws:PrincipalOrgID': [null, 7, { deep: true }] } },
    });
    expect(Object.values(found)).not.toContain('pass');
  });

  it('leaves alone what begins no session, is only claimed, or is provider-managed', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      trust('a', 't1', { ...everyone, mechanism: 'sts:TagSession' }),
      trust('a', 't2', { ...everyone, certainty: 'claimed' }),
      trust('a', 't3', { trusted: ACCOUNT_UID }),
      awsRole('theirs', { managedBy: 'provider' }),
      trust('theirs', 't4', everyone),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('judges other systems where there is no condition, and does not know where there is one', async () => {
    const home = { system: 'azure', scopeUid: TENANT_UID, identityUid: 'app', ...everyone } as const;
    const { found } = await judge(rule, [
      servicePrincipal('app'),
      {
        trusts: [
          { ...home, uid: 'plain' },
          { ...home, uid: 'with', condition: { expression: 'x' } },
        ],
      },
    ]);
    expect(found).toEqual({ 'app plain': 'fail', 'app with': 'unknown' });
  });

  it('does not know where trusts were not collected', async () => {
    const { found } = await judge(rule, [awsRole('a'), notRead('trusts', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
