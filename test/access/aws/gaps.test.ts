import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import { recordsOf } from './given.ts';
import type { Given } from './given-schema.ts';
import { ANN } from './worlds.ts';

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

function gaps(given: Given): string[] {
  return awsAccess(recordsOf(given))
    .gaps()
    .map(({ feed, scopeUid, status, detail }) => `${feed} ${scopeUid} ${status}: ${detail}`);
}

describe('what the AWS engine could not take into account', () => {
  it('is nothing where all is there and understood', () => {
    expect(gaps({ identities: { 'user/ann': { policies: [[ALL]], boundary: [ALL] } } })).toEqual([]);
  });

  it('names a policy that was not collected', () => {
    expect(gaps({ identities: { 'user/ann': { policies: [null] } } })).toEqual([
      `roles aws:111111111111 partial: policy ${ANN}/inline/p1: its document was not collected, and a grant gives it`,
    ]);
  });

  it('names the statement and what of it is not understood', () => {
    const odd = { Sid: 'Odd', ...ALL, Condition: { StringSounds: { 'aws:username': 'anne' } } };
    expect(
      gaps({ identities: { 'user/ann': { policies: [[ALL, odd, { ...ALL, Effect: 'Perhaps' }]] } } }),
    ).toEqual([
      `roles aws:111111111111 partial: policy ${ANN}/inline/p1: statement 3: its Effect is neither Allow nor Deny`,
      `roles aws:111111111111 partial: policy ${ANN}/inline/p1: statement Odd: IAM has no condition operator "StringSounds"`,
    ]);
  });

  it('names a document of an unknown version and one that is none', () => {
    expect(
      gaps({ identities: { 'user/ann': { policies: [{ Version: '2030-01-01', Statement: [] }, 'oops'] } } }),
    ).toEqual([
      `roles aws:111111111111 partial: policy ${ANN}/inline/p1: its Version is "2030-01-01", which IAM does not know`,
      `roles aws:111111111111 partial: policy ${ANN}/inline/p2: it is not a JSON object`,
    ]);
  });

  it('names a boundary that was not collected', () => {
    expect(gaps({ identities: { 'user/ann': { boundary: null } } })).toEqual([
      `guardrails aws:111111111111 partial: permission-boundary arn:aws:iam::111111111111:policy/ann-boundary of ${ANN}: its document was not collected`,
    ]);
  });

  it('names a trust policy and a bucket policy that are not understood', () => {
    const given: Given = {
      identities: { 'role/app': { trust: {} } },
      resources: { 'arn:aws:s3:::reports': { policy: [{ ...ALL, Principal: 7 }] } },
    };
    expect(gaps(given)).toEqual([
      'resource-policies aws:111111111111 partial: policy of arn:aws:s3:::reports: statement 1: its Principal is neither "*" nor an object',
      'trusts aws:111111111111 partial: trust policy of arn:aws:iam::111111111111:role/app: it has no Statement',
    ]);
  });

  it('names an account whose organisation is not known, once', () => {
    expect(gaps({ identities: { 'user/ann': {}, 'role/app': {} }, organization: 'unknown' })).toEqual([
      'guardrails aws:111111111111 skipped: service and resource control policies of account 111111111111 were not collected: what its identities can do is told without them',
    ]);
  });

  it('says nothing of the organisation where the collector has said so', () => {
    const records = recordsOf({ identities: { 'user/ann': {} }, organization: 'unknown' });
    const said = {
      system: 'aws',
      scopeUid: 'aws:111111111111',
      feed: 'guardrails',
      call: 'organizations:ListPolicies',
      status: 'skipped',
      missingPermission: null,
      detail: 'no export',
    } as const;
    expect(awsAccess({ ...records, coverage: [said] }).gaps()).toEqual([]);
  });
});

describe('the assumption that an account is in no organisation', () => {
  const records = recordsOf({ identities: { 'user/ann': { policies: [[ALL]] } }, organization: 'unknown' });
  const request = { principal: ANN, action: 's3:GetObject', resource: 'arn:aws:s3:::reports/x' };

  it('turns what its policies allow from unknown into allowed', () => {
    expect(awsAccess(records).decide(request).decision).toBe('unknown');
    expect(awsAccess(records, { organization: 'none' }).decide(request).decision).toBe('allowed');
  });

  it('does not hold for an account that is known to be in one', () => {
    const scopes = [
      { uid: 'aws:111111111111', kind: 'account', parentUid: 'aws:o-exampleorgid' },
      { uid: 'aws:o-exampleorgid', kind: 'organization', parentUid: null },
    ].map((scope) => ({ ...scope, system: 'aws' as const, name: scope.uid, environment: null, tags: {} }));
    const access = awsAccess({ ...records, scopes }, { organization: 'none' });
    expect(access.decide(request).decision).toBe('unknown');
  });
});
