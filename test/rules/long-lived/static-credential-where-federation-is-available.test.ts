import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Credential } from '#model/credential.ts';
import { ACCOUNT_UID, accessKey, arn, awsRole, awsUser, trust } from '#test/estates/aws.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { googleAccount, googleTrust, gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'static-credential-where-federation-is-available';
const OIDC = arn('oidc-provider/token.actions.githubusercontent.com');

describe('static-credential-where-federation-is-available', () => {
  it('fails a key in an account in which a role trusts an OpenID Connect provider', async () => {
    const { findings } = await judge(rule, [awsUser('ci'), accessKey('ci', 'key'), ...federatedRole(OIDC)]);
    expect(findings).toMatchObject([
      { subject: 'key', evidence: { scope_trusts: [OIDC], identity_trusts: null } },
    ]);
  });

  it('fails a secret or key file beside a trust of the identity’s own, in Azure and Google Cloud', async () => {
    const { found, findings } = await judge(
      rule,
      [
        servicePrincipal('app'),
        key('secret', { system: 'azure', scopeUid: TENANT_UID, identityUid: 'app', kind: 'client-secret' }),
        {
          trusts: [
            {
              uid: 'f',
              system: 'azure',
              scopeUid: TENANT_UID,
              identityUid: 'app',
              trustedKind: 'federated-subject',
            },
          ],
        },
        googleAccount('app'),
        key('file', { system: 'gcp', scopeUid: PROJECT_UID, identityUid: gsaUid('app'), kind: 'key-file' }),
        googleTrust('p', { identityUid: gsaUid('app'), trusted: 'pool', trustedKind: 'federation-provider' }),
      ],
      { anywhere_in_scope: false },
    );
    expect(Object.values(found)).toEqual(['fail', 'fail']);
    expect(findings.map(({ evidence }) => evidence['scope_trusts'])).toEqual([null, null]);
  });

  it('fails a token Secret of an account that workloads run as, and passes one of another', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/web'),
      token('web'),
      { workloads: [{ uid: 'k8s:demo:deployment:shop/web', identityUid: saUid('shop/web') }] },
      serviceAccount('shop/outside'),
      token('outside'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'serviceaccount:shop/web web': 'fail' }, passed: 1 });
  });

  it('passes where nothing, or only the federation of people, is at hand, or one’s own alone counts', async () => {
    const app = [awsUser('app'), accessKey('app', 'key')];
    for (const [parts, parameters] of [
      [[], {}],
      [federatedRole(arn('saml-provider/people')), {}],
      [federatedRole(OIDC), { anywhere_in_scope: false }],
    ] as const) {
      const { found, passed } = await judge(rule, [...app, ...parts], parameters);
      expect({ found, passed }).toEqual({ found: {}, passed: 1 });
    }
  });

  it('judges until the very end of a key, and no key that is over, off, of a person or the provider', async () => {
    const { found, passed } = await judge(rule, [
      ...federatedRole(OIDC),
      awsUser('app'),
      accessKey('app', 'nearly', { expiresAt: daysAgo(-0.001) }),
      accessKey('app', 'over', { expiresAt: daysAgo(0) }),
      accessKey('app', 'off', { enabled: false }),
      awsUser('ann', { class: 'human' }),
      accessKey('ann', 'hers'),
      awsUser('linked', { managedBy: 'provider' }),
      accessKey('linked', 'theirs'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'user/app nearly': 'fail' }, passed: 0 });
  });

  it('does not know where credentials or trusts were not collected, or trusts only in part', async () => {
    const app = [awsUser('app'), accessKey('app', 'key')];
    for (const gap of [
      notRead('credentials', ACCOUNT_UID),
      notRead('trusts', ACCOUNT_UID),
      notRead('trusts', ACCOUNT_UID, 'partial'),
    ]) {
      expect((await judge(rule, [...app, gap])).found).toEqual({ 'user/app key': 'unknown' });
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function federatedRole(trusted: string): readonly PartialRows[] {
  return [awsRole('deploy'), trust('deploy', 't', { trusted, trustedKind: 'federation-provider' })];
}

function key(uid: string, fields: Partial<Credential>): PartialRows {
  return { credentials: [{ uid, ...fields }] };
}

function token(name: string): PartialRows {
  const home = { system: 'kubernetes', scopeUid: CLUSTER_UID } as const;
  return key(name, { ...home, identityUid: saUid(`shop/${name}`), kind: 'service-account-token' });
}
