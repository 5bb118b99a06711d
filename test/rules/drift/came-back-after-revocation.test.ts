import { describe, expect, it } from 'vitest';
import { arn, awsUser } from '../../estates/aws.ts';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const RULE = 'came-back-after-revocation';

describe('came-back-after-revocation', () => {
  it('fails for what a proved revocation took away and a scan sees again, and names the revocation', async () => {
    const back = drifted('revoked', arn('user/app'), 'AK1', { baseline: '20261101-120000-app' });
    const { found, findings } = await judge(RULE, [awsUser('app'), back]);
    expect(found).toEqual({ 'user/app AK1': 'fail' });
    expect(findings[0]?.evidence).toMatchObject({ revocation: '20261101-120000-app' });
  });

  it('fails also where the identity itself is not in the scan', async () => {
    expect((await judge(RULE, [drifted('revoked', arn('user/app'), 'AK1')])).found).toEqual({
      'user/app AK1': 'fail',
    });
  });

  it('says nothing where nothing came back', async () => {
    expect(
      (await judge(RULE, [awsUser('app'), drifted('credential', arn('user/app'), 'AK1')])).found,
    ).toEqual({});
    expect((await judge(RULE, [])).found).toEqual({});
  });
});
