import { describe, expect, it } from 'vitest';
import { arn, awsUser } from '../../estates/aws.ts';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const RULE = 'unmanaged-administrator';
const APP = arn('user/app');

describe('unmanaged-administrator', () => {
  it('fails for a grant of full control that no approved code describes, and says what it is', async () => {
    const grant = drifted('unmanaged-grant', APP, 'g1', {
      after: 'all on aws:111111111111',
      causes: ['admin'],
    });
    const { found, findings } = await judge(RULE, [awsUser('app'), grant]);
    expect(found).toEqual({ 'user/app g1': 'fail' });
    expect(findings[0]?.evidence).toMatchObject({ what: 'all on aws:111111111111', gives: ['admin'] });
  });

  it('fails for a group that nobody of the scan is a member of too', async () => {
    const grant = drifted('unmanaged-grant', 'k8s:prod:group:ops', 'g1', {
      system: 'kubernetes',
      scopeUid: 'k8s:prod',
      causes: ['admin'],
    });
    expect((await judge(RULE, [grant])).found).toEqual({ 'group:ops g1': 'fail' });
  });

  it('says nothing of lesser grants, of what is no grant, and without approved code', async () => {
    const lesser = drifted('unmanaged-grant', APP, 'g1', { causes: ['data-read', 'identity-admin'] });
    const identity = drifted('unmanaged-identity', APP, APP, { causes: ['admin'] });
    expect((await judge(RULE, [awsUser('app'), lesser, identity])).found).toEqual({});
    expect((await judge(RULE, [awsUser('app'), drifted('entitlement', APP, 'admin on x')])).found).toEqual(
      {},
    );
    expect((await judge(RULE, [])).found).toEqual({});
  });
});
