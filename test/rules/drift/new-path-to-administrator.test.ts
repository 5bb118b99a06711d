import { describe, expect, it } from 'vitest';
import { able } from '../../estates/access.ts';
import { arn, awsRole, awsUser } from '../../estates/aws.ts';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const RULE = 'new-path-to-administrator';
const APP = arn('user/app');

describe('new-path-to-administrator', () => {
  it('fails for a step to full control, and for one to somebody who has it', async () => {
    const step = drifted('edge', APP, 'becomes aws:111111111111:admin by attach-policy');
    expect((await judge(RULE, [awsUser('app'), step])).found).toEqual({ 'user/app': 'fail' });
    const admin = [awsRole('admin'), able(arn('role/admin'), 'admin')];
    const hop = drifted('edge', APP, `becomes ${arn('role/admin')} by assume-role`);
    expect((await judge(RULE, [awsUser('app'), ...admin, hop])).found).toEqual({ 'user/app': 'fail' });
  });

  it('fails for full control itself', async () => {
    const rows = [awsUser('app'), drifted('entitlement', APP, 'admin on aws:111111111111')];
    expect((await judge(RULE, rows)).found).toEqual({ 'user/app': 'fail' });
  });

  it('says nothing of a step to somebody harmless, of one that is gone, and without a baseline', async () => {
    const hop = drifted('edge', APP, `becomes ${arn('role/logs')} by assume-role`);
    expect((await judge(RULE, [awsUser('app'), awsRole('logs'), hop])).found).toEqual({});
    const gone = drifted('edge', APP, 'becomes aws:111111111111:admin by attach-policy', {
      direction: 'lost',
      before: 'certain',
      after: null,
    });
    expect((await judge(RULE, [awsUser('app'), gone])).found).toEqual({});
    expect((await judge(RULE, [])).found).toEqual({});
  });

  it('is unknown where the step may have been there before', async () => {
    const step = drifted('edge', APP, 'becomes aws:111111111111:admin by attach-policy', {
      direction: 'unknown',
    });
    expect((await judge(RULE, [awsUser('app'), step])).found).toEqual({ 'user/app': 'unknown' });
  });
});
