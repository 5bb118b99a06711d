import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Credential } from '#model/credential.ts';
import { ACCOUNT_UID, accessKey, awsUser, consolePassword } from '#test/estates/aws.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'credential-expiring-soon-in-use';
const USED = { lastUsedEvidence: 'used', lastUsedAt: daysAgo(1) } as const;

describe('credential-expiring-soon-in-use', () => {
  it('fails a credential in use that ends soon, in every system', async () => {
    const soon = { ...USED, expiresAt: daysAgo(-10) };
    const { found, findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'aws-key', soon),
      servicePrincipal('app'),
      secret('azure-key', { system: 'azure', scopeUid: TENANT_UID, identityUid: 'app', ...soon }),
      googleAccount('app'),
      secret('gcp-key', { system: 'gcp', scopeUid: PROJECT_UID, identityUid: gsaUid('app'), ...soon }),
      serviceAccount('shop/app'),
      secret('k8s-key', { scopeUid: CLUSTER_UID, identityUid: saUid('shop/app'), ...soon }),
    ]);
    expect(Object.values(found)).toEqual(['fail', 'fail', 'fail', 'fail']);
    expect(findings[0]?.evidence).toMatchObject({ left_days: 10, threshold_days: 30 });
  });

  it('passes with exactly the days that should be left, and fails below', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'at-limit', { ...USED, expiresAt: daysAgo(-30) }),
      accessKey('app', 'below', { ...USED, expiresAt: daysAgo(-29.9) }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'user/app below': 'fail' }, passed: 1 });
  });

  it('passes one that was not used lately, and does not know of one whose use is not measured', async () => {
    const soon = { expiresAt: daysAgo(-10) };
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'at-limit', { ...soon, lastUsedEvidence: 'used', lastUsedAt: daysAgo(30.9) }),
      accessKey('app', 'idle', { ...soon, lastUsedEvidence: 'used', lastUsedAt: daysAgo(31) }),
      accessKey('app', 'never', { ...soon, lastUsedEvidence: 'never' }),
      accessKey('app', 'unmeasured', soon),
    ]);
    expect({ found, passed }).toEqual({
      found: { 'user/app at-limit': 'fail', 'user/app unmeasured': 'unknown' },
      passed: 2,
    });
  });

  it('leaves out what has no end, is over or off, is a password, or belongs to the provider', async () => {
    const soon = { ...USED, expiresAt: daysAgo(-10) };
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'endless', USED),
      accessKey('app', 'over', { ...USED, expiresAt: daysAgo(0) }),
      accessKey('app', 'off', { ...soon, enabled: false }),
      consolePassword('app', soon),
      awsUser('linked', { managedBy: 'provider' }),
      accessKey('linked', 'theirs', soon),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where credentials were not collected', async () => {
    const { found } = await judge(rule, [awsUser('app'), notRead('credentials', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function secret(uid: string, fields: Partial<Credential>): PartialRows {
  return { credentials: [{ uid, kind: 'client-secret', ...fields }] };
}
