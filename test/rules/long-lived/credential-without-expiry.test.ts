import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser, consolePassword } from '#test/estates/aws.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { daysAgo, NOW, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'credential-without-expiry';

describe('credential-without-expiry', () => {
  it('fails an access key and a token Secret without an end', async () => {
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'key'),
      serviceAccount('shop/web'),
      {
        credentials: [
          {
            uid: 'token',
            system: 'kubernetes',
            scopeUid: CLUSTER_UID,
            identityUid: saUid('shop/web'),
            kind: 'service-account-token',
          },
        ],
      },
    ]);
    expect(found).toEqual({ 'user/app key': 'fail', 'serviceaccount:shop/web token': 'fail' });
  });

  it('fails keys of Google Cloud without an end, and passes a key file with one', async () => {
    const key = (kind: string, expiresAt: string | null = null) => ({
      uid: `${kind}${expiresAt === null ? '' : ' that ends'}`,
      system: 'gcp' as const,
      scopeUid: 'gcp:projects/shop',
      identityUid: 'gcp:serviceAccount:app@shop.iam.gserviceaccount.com',
      kind,
      expiresAt,
    });
    const { found, passed } = await judge(rule, [
      {
        scopes: [{ uid: 'gcp:projects/shop', system: 'gcp', kind: 'project' }],
        credentials: [key('key-file'), key('key-file', daysAgo(-30)), key('hmac-key'), key('api-key')],
      },
    ]);
    const app = 'gcp:serviceAccount:app@shop.iam.gserviceaccount.com';
    expect({ found, passed }).toEqual({
      found: { [`${app} key-file`]: 'fail', [`${app} hmac-key`]: 'fail', [`${app} api-key`]: 'fail' },
      passed: 1,
    });
  });

  it('passes what has an end and does not know of kinds of which the system may not say', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'ends', { expiresAt: daysAgo(-1) }),
      accessKey('app', 'silent', { kind: 'client-secret' }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'user/app silent': 'unknown' }, passed: 1 });
  });

  it('leaves out what is off, at its end, a password or provider-managed', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'off', { enabled: false }),
      accessKey('app', 'ended', { expiresAt: NOW }),
      consolePassword('app'),
      awsUser('theirs', { managedBy: 'provider' }),
      accessKey('theirs', 'key'),
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
