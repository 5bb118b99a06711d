import { describe, expect, it } from 'vitest';
import { able } from '../../estates/access.ts';
import { arn, awsUser } from '../../estates/aws.ts';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const APP = arn('user/app');
const KEY = 'secret-read on aws:111111111111';

describe('gained-capability', () => {
  it('fails once for an identity, with everything that it gained and what gives it', async () => {
    const { findings } = await judge('gained-capability', [
      awsUser('app'),
      drifted('entitlement', APP, KEY),
      drifted('entitlement', APP, 'data-read on aws:111111111111'),
      able(APP, 'secret-read', { scopeUid: 'aws:111111111111', via: ['grant-1'] }),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.evidence).toMatchObject({
      gained: ['data-read on aws:111111111111', KEY],
      given_by: ['grant-1'],
    });
  });

  it('says nothing of what was lost, and nothing without a baseline', async () => {
    const lost = drifted('entitlement', APP, KEY, { direction: 'lost', before: 'certain', after: null });
    expect((await judge('gained-capability', [awsUser('app'), lost])).found).toEqual({});
    expect((await judge('gained-capability', [awsUser('app')])).found).toEqual({});
    expect((await judge('gained-capability', [])).found).toEqual({});
  });

  it('is unknown where the scope was not read when access was approved', async () => {
    const gap = drifted('entitlement', APP, KEY, { direction: 'unknown' });
    expect((await judge('gained-capability', [awsUser('app'), gap])).found).toEqual({
      'user/app': 'unknown',
    });
  });

  it('leaves out identities that the provider manages', async () => {
    const rows = [awsUser('app', { managedBy: 'provider' }), drifted('entitlement', APP, KEY)];
    expect((await judge('gained-capability', rows)).found).toEqual({});
  });

  it('judges clusters alike', async () => {
    const uid = 'k8s:prod:serviceaccount:shop/web';
    const rows = [
      { identities: [{ uid, name: 'web' }] },
      drifted('entitlement', uid, 'admin on k8s:prod', { system: 'kubernetes' }),
    ];
    expect((await judge('gained-capability', rows)).found).toEqual({ 'serviceaccount:shop/web': 'fail' });
  });
});
