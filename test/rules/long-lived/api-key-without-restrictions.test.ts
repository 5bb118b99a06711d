import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Credential } from '#model/credential.ts';
import type { Json } from '#model/system.ts';
import { accessKey, awsUser } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { judge } from '../judge.ts';

const rule = 'api-key-without-restrictions';
const APIS = { apiTargets: [{ service: 'translate.googleapis.com' }] };
const ADDRESS = { serverKeyRestrictions: { allowedIps: ['198.51.100.0/24'] } };

describe('api-key-without-restrictions', () => {
  it('fails a key without any restriction, and says which is missing', async () => {
    const { findings } = await judge(rule, [
      googleAccount('app'),
      apiKey('bare', { raw: { uid: '1' } }),
      apiKey('by-api', restricted(APIS)),
      apiKey('by-caller', restricted(ADDRESS)),
    ]);
    expect(findings.map(({ subject, evidence }) => [subject, evidence['not_restricted_by']])).toEqual([
      ['bare', ['api', 'caller']],
      ['by-api', ['caller']],
      ['by-caller', ['api']],
    ]);
  });

  it('passes a key of one API for one kind of caller, each kind', async () => {
    const callers: readonly Record<string, Json>[] = [
      ADDRESS,
      { browserKeyRestrictions: { allowedReferrers: ['https://shop.example/*', '*.acme.example'] } },
      {
        androidKeyRestrictions: {
          allowedApplications: [{ packageName: 'example.shop', sha1Fingerprint: 'x' }],
        },
      },
      { iosKeyRestrictions: { allowedBundleIds: ['example.shop'] } },
    ];
    const { found, passed } = await judge(rule, [
      googleAccount('app'),
      ...callers.map((caller, n) => apiKey(`key-${n}`, restricted({ ...APIS, ...caller }))),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 4 });
  });

  it('fails restrictions that leave everything open', async () => {
    const wide: readonly Record<string, Json>[] = [
      { ...ADDRESS, apiTargets: [{ service: 'cloudapis.googleapis.com' }] },
      { ...APIS, serverKeyRestrictions: { allowedIps: ['0.0.0.0/0'] } },
      { ...APIS, serverKeyRestrictions: { allowedIps: ['198.51.100.7', '::/0'] } },
      { ...APIS, browserKeyRestrictions: { allowedReferrers: ['*'] } },
      { ...APIS, browserKeyRestrictions: { allowedReferrers: ['https://*/*'] } },
      { ...APIS, browserKeyRestrictions: {} },
    ];
    const { found } = await judge(rule, [
      googleAccount('app'),
      ...wide.map((restrictions, n) => apiKey(`key-${n}`, restricted(restrictions))),
    ]);
    expect(Object.values(found)).toEqual(wide.map(() => 'fail'));
  });

  it('does not know of a key that its source did not describe', async () => {
    const { found, findings } = await judge(rule, [googleAccount('app'), apiKey('key', { raw: null })]);
    expect(Object.values(found)).toEqual(['unknown']);
    expect(findings[0]?.evidence['not_restricted_by']).toEqual([]);
  });

  it('judges until the very end, and nothing that is over, off, deleted or no API key', async () => {
    const { found, passed } = await judge(rule, [
      googleAccount('app'),
      apiKey('nearly', { raw: {}, expiresAt: daysAgo(-0.001) }),
      apiKey('over', { raw: {}, expiresAt: daysAgo(0) }),
      apiKey('off', { raw: {}, enabled: false }),
      apiKey('deleted', { raw: { deleteTime: daysAgo(1) } }),
      apiKey('file', { raw: {}, kind: 'key-file' }),
      awsUser('app'),
      accessKey('app', 'key', { kind: 'api-key', raw: {} }),
    ]);
    expect({ found: Object.keys(found), passed }).toEqual({ found: [`${gsaUid('app')} nearly`], passed: 0 });
  });

  it('does not know where credentials were not collected', async () => {
    const gap = notRead('credentials', PROJECT_UID);
    const { found } = await judge(rule, [
      googleAccount('app'),
      { coverage: (gap.coverage ?? []).map((row) => ({ ...row, system: 'gcp' })) },
    ]);
    expect(found).toEqual({ [`scope ${PROJECT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function apiKey(uid: string, fields: Partial<Credential>): PartialRows {
  const home = { system: 'gcp', scopeUid: PROJECT_UID, identityUid: gsaUid('app') } as const;
  return { credentials: [{ ...home, uid, kind: 'api-key', ...fields }] };
}

function restricted(restrictions: Record<string, Json>): Partial<Credential> {
  return { raw: { uid: '1', restrictions } };
}
