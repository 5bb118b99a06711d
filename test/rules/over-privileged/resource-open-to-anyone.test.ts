import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Json } from '#model/system.ts';
import { ACCOUNT_UID, awsRole, trustPolicy } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'resource-open-to-anyone';
const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const OPEN = { ...ALLOW, Principal: '*' };
const NAMED = { ...ALLOW, Principal: { AWS: 'arn:aws:iam::111111111111:role/app' } };

describe('resource-open-to-anyone', () => {
  it('fails a policy that allows everyone, however it is written', async () => {
    const { found, findings } = await judge(rule, [
      on('one', OPEN),
      on('aws', { ...ALLOW, Principal: { AWS: '*' } }),
      on('list', [NAMED, { ...ALLOW, Principal: { AWS: ['arn:aws:iam::111111111111:root', '*'] } }]),
    ]);
    expect(found).toEqual({ one: 'fail', aws: 'fail', list: 'fail' });
    expect(findings[0]).toMatchObject({ scope: ACCOUNT_UID, evidence: { open_statements: 1 } });
  });

  it('passes named principals, services, and everyone of an organisation, account or network', async () => {
    const { found, passed } = await judge(rule, [
      on('named', NAMED),
      on('service', { ...ALLOW, Principal: { Service: 'logs.amazonaws.com' } }),
      on('organisation', when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
      on('account', when({ StringLike: { 'AWS:SourceAccount': ['111111111111', '222222222222'] } })),
      on('network', when({ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })),
      on('key', when({ StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': 's3' } })),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 6 });
  });

  it('fails conditions that anybody meets, or that hold without their key', async () => {
    const { found } = await judge(rule, [
      on('agent', when({ StringLike: { 'aws:UserAgent': 'x*' } })),
      on('tls', when({ Bool: { 'aws:SecureTransport': 'true' } })),
      on('absent', when({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
      on('not', when({ StringNotEquals: { 'aws:PrincipalAccount': '111111111111' } })),
      on('world', when({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })),
      on('any', when({ StringLike: { 'aws:PrincipalAccount': ['111111111111', '*'] } })),
    ]);
    expect(Object.values(found)).toEqual(['fail', 'fail', 'fail', 'fail', 'fail', 'fail']);
  });

  it('does not know of other conditions, a Deny beside, all but some, or what was not understood', async () => {
    const { found } = await judge(rule, [
      on('strange', when({ StringEquals: { 's3:ExistingObjectTag/public': 'yes' } })),
      on('deny', [OPEN, { ...NAMED, Effect: 'Deny' }]),
      on('all-but', { ...ALLOW, NotPrincipal: { AWS: 'arn:aws:iam::111111111111:root' } }),
      { resourcePolicies: [{ uid: 'unread', kind: 's3-bucket', document: null }] },
    ]);
    expect(Object.values(found)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });

  it('fails for one open statement beside a narrow one', async () => {
    const { found } = await judge(rule, [
      on('both', [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }), OPEN]),
    ]);
    expect(found).toEqual({ both: 'fail' });
  });

  it('leaves trust policies of roles, and denials of everyone, alone', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      trustPolicy('app', { Statement: OPEN }),
      on('deny', { ...OPEN, Effect: 'Deny' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know where policies of resources were not collected', async () => {
    const { found } = await judge(rule, [awsRole('app'), notRead('resource-policies', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function on(uid: string, Statement: Json): PartialRows {
  return {
    resourcePolicies: [
      { uid, resourceUid: `arn:aws:s3:::${uid}`, kind: 's3-bucket', document: { Statement } },
    ],
  };
}

function when(Condition: Json): Json {
  return { ...OPEN, Condition };
}
