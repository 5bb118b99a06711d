import { describe, expect, it } from 'vitest';
import type { Trust } from '#model/trust.ts';
import { googleTrust, PROJECT_UID } from '#test/estates/gcp.ts';
import { judge } from '../judge.ts';

const rule = 'federation-provider-without-attribute-condition';
const GITHUB = 'https://token.actions.githubusercontent.com';
const provider = {
  identityUid: 'pool',
  trusted: GITHUB,
  trustedKind: 'federation-provider',
  mechanism: 'workload-identity-provider',
} as const;

async function verdict(fields: Partial<Trust>, parameters = {}): Promise<string> {
  const { found } = await judge(rule, [googleTrust('p', { ...provider, ...fields })], parameters);
  return found['pool p'] ?? 'pass';
}

describe('federation-provider-without-attribute-condition', () => {
  it('fails a provider of an issuer for many without a condition, or with one that is always true', async () => {
    const { findings } = await judge(rule, [googleTrust('p', provider)]);
    expect(findings).toMatchObject([
      { subject: 'p', severity: 'high', evidence: { issuer: GITHUB, attribute_condition: null } },
    ]);
    expect(await verdict({ condition: { attributeCondition: ' TRUE ' } })).toBe('fail');
    expect(await verdict({ condition: { attributeCondition: '' } })).toBe('fail');
  });

  it('passes a condition, and an issuer that signs for one customer', async () => {
    expect(
      await verdict({ condition: { attributeCondition: "assertion.repository_owner_id == '4711'" } }),
    ).toBe('pass');
    expect(await verdict({ condition: "assertion.repository_owner_id == '4711'" })).toBe('pass');
    expect(await verdict({ trusted: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC' })).toBe('pass');
    expect(await verdict({}, { own_issuers: [GITHUB] })).toBe('pass');
  });

  it('takes the issuer from what the provider said where the trust names the provider itself', async () => {
    const trusted = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/g';
    expect(await verdict({ trusted, raw: { oidc: { issuerUri: GITHUB } } })).toBe('fail');
    expect(await verdict({ trusted })).toBe('unknown');
  });

  it('does not know of a condition in an odd form', async () => {
    expect(await verdict({ condition: ['x'] })).toBe('unknown');
  });

  it('leaves claims and other systems alone', async () => {
    const { found, passed } = await judge(rule, [
      googleTrust('c', { ...provider, certainty: 'claimed' }),
      { trusts: [{ ...provider, uid: 'a' }] },
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where trusts were not collected', async () => {
    const coverage = [
      { system: 'gcp', scopeUid: PROJECT_UID, feed: 'trusts', call: 'pools', status: 'denied' },
    ] as const;
    const { found } = await judge(rule, [googleTrust('p', provider), { coverage }]);
    expect(found).toEqual({ 'pool p': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
