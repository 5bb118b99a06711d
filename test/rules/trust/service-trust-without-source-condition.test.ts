import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { ACCOUNT_UID, awsRole, trust, trustPolicy } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'service-trust-without-source-condition';
const service = { trusted: 'cloudtrail.amazonaws.com', trustedKind: 'service', external: false } as const;

/** The verdict on one trust a condition, all in one world. */
async function verdicts(conditions: readonly Json[]): Promise<string[]> {
  const trusts = conditions.map((condition, at) => trust('logs', String(at), { ...service, condition }));
  const { found } = await judge(rule, [awsRole('logs'), ...trusts]);
  return conditions.map((_, at) => found[`role/logs ${at}`] ?? 'pass');
}

describe('service-trust-without-source-condition', () => {
  it('fails a service that may use the role for anybody', async () => {
    const { findings } = await judge(rule, [awsRole('logs'), trust('logs', 't', service)]);
    expect(findings).toMatchObject([
      {
        subject: 't',
        severity: 'low',
        evidence: { service: 'cloudtrail.amazonaws.com', deny_in_same_policy: false },
      },
    ]);
  });

  it('passes a source that names an account, an organisation or a resource', async () => {
    const found = await verdicts([
      { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      { StringEquals: { 'AWS:sourceaccount': ['111111111111', '222222222222'] } },
      { StringLike: { 'aws:SourceOrgPaths': 'o-a1b2c3d4e5/*' } },
      { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:111111111111:trail/*' } },
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::acme-logs' } },
    ]);
    expect(found).toEqual(found.map(() => 'pass'));
  });

  it('fails a condition that any account meets or that does not say for whom', async () => {
    const found = await verdicts([
      { StringLike: { 'aws:SourceAccount': '*' } },
      { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } },
      { StringEquals: { 'aws:SourceAccount': ['111111111111', '*'] } },
      { StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } },
      { 'ForAllValues:StringEquals': { 'aws:SourceAccount': '111111111111' } },
      { StringNotEquals: { 'aws:SourceAccount': '111111111111' } },
      { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      { StringEquals: 'nonsense' },
    ]);
    expect(found).toEqual(found.map(() => 'fail'));
  });

  it('does not know where a Deny stands in the same policy', async () => {
    const { found } = await judge(rule, [
      awsRole('logs'),
      trust('logs', 't', service),
      trustPolicy('logs', { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*' }] }),
    ]);
    expect(found).toEqual({ 'role/logs t': 'unknown' });
  });

  it('leaves alone listed services, other principals and provider-managed roles', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      trust('a', '1', { ...service, trusted: 'EC2.amazonaws.com' }),
      trust('a', '2', { trusted: ACCOUNT_UID }),
      trust('a', '3', { ...service, mechanism: 'sts:TagSession' }),
      awsRole('theirs', { managedBy: 'provider' }),
      trust('theirs', '4', service),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where trusts were not collected', async () => {
    const { found } = await judge(rule, [awsRole('a'), notRead('trusts', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
