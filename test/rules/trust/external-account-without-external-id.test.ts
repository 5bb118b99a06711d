import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, awsRole, trust } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'external-account-without-external-id';
const vendor = { trusted: 'aws:999999999999', trustedKind: 'account', external: true } as const;

describe('external-account-without-external-id', () => {
  it('fails a role that an outside account or its role can become without an external id', async () => {
    const { findings } = await judge(rule, [
      awsRole('vendor'),
      trust('vendor', 'account', vendor),
      trust('vendor', 'role', {
        ...vendor,
        trusted: 'arn:aws:iam::999999999999:role/agent',
        trustedKind: 'identity',
      }),
    ]);
    expect(findings).toMatchObject([
      { subject: 'account', severity: 'high', evidence: { account: '999999999999', external: true } },
      { subject: 'role', evidence: { account: '999999999999' } },
    ]);
  });

  it('passes where an external id of its own is demanded', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('vendor'),
      trust('vendor', 't1', {
        ...vendor,
        condition: { StringEquals: { 'sts:ExternalId': 'customer-4711' } },
      }),
      trust('vendor', 't2', { ...vendor, condition: { StringLike: { 'STS:externalid': ['customer-*'] } } }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('fails a condition on the external id that demands none', async () => {
    const conditions = [
      { StringLike: { 'sts:ExternalId': '*' } },
      { StringEquals: { 'sts:ExternalId': ['customer-4711', '?*'] } },
      { StringEqualsIfExists: { 'sts:ExternalId': 'customer-4711' } },
      { 'ForAllValues:StringEquals': { 'sts:ExternalId': 'customer-4711' } },
      { StringNotEquals: { 'sts:ExternalId': 'customer-4711' } },
      { Null: { 'sts:ExternalId': 'false' } },
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    ];
    const { findings, passed } = await judge(rule, [
      awsRole('vendor'),
      ...conditions.map((condition, index) => trust('vendor', `t${index}`, { ...vendor, condition })),
    ]);
    expect({ failed: findings.length, passed }).toEqual({ failed: conditions.length, passed: 0 });
  });

  it('does not know about an account that may be one’s own, unless it is listed', async () => {
    const rows = [awsRole('shared'), trust('shared', 't', { ...vendor, external: null })];
    expect((await judge(rule, rows)).found).toEqual({ 'role/shared t': 'unknown' });
    expect((await judge(rule, rows, { own_accounts: ['999999999999'] })).found).toEqual({});
  });

  it('does not know about the account that is probably the management account of the organisation', async () => {
    const { found } = await judge(rule, [
      awsRole('OrganizationAccountAccessRole'),
      trust('OrganizationAccountAccessRole', 't1', vendor),
      awsRole('stack-set-execution'),
      trust('stack-set-execution', 't2', vendor),
      trust('stack-set-execution', 't3', { ...vendor, trusted: 'aws:888888888888' }),
    ]);
    expect(found).toEqual({
      'role/OrganizationAccountAccessRole t1': 'unknown',
      'role/stack-set-execution t2': 'unknown',
      'role/stack-set-execution t3': 'fail',
    });
  });

  it('reads actions that are written with wildcards', async () => {
    const { found } = await judge(rule, [
      awsRole('vendor'),
      trust('vendor', 'star', { ...vendor, mechanism: '*' }),
      trust('vendor', 'prefix', { ...vendor, mechanism: 'sts:Assume*' }),
      trust('vendor', 'other', { ...vendor, mechanism: 'sts:TagSession' }),
    ]);
    expect(found).toEqual({ 'role/vendor star': 'fail', 'role/vendor prefix': 'fail' });
  });

  it('leaves alone inside accounts, services, everyone, claims and provider-managed roles', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('a'),
      trust('a', 'inside', { ...vendor, external: false }),
      trust('a', 'service', { ...vendor, trusted: 'ec2.amazonaws.com', trustedKind: 'service' }),
      trust('a', 'everyone', { ...vendor, trusted: '*', trustedKind: 'everyone' }),
      trust('a', 'claimed', { ...vendor, certainty: 'claimed' }),
      awsRole('theirs', { managedBy: 'provider' }),
      trust('theirs', 'sso', vendor),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where trusts were not collected', async () => {
    const { found } = await judge(rule, [
      awsRole('vendor'),
      trust('vendor', 't', vendor),
      notRead('trusts', ACCOUNT_UID),
    ]);
    expect(found).toEqual({ 'role/vendor t': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
