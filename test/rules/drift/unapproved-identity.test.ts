import { describe, expect, it } from 'vitest';
import { arn, awsUser } from '../../estates/aws.ts';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const RULE = 'unapproved-identity';
const APP = arn('user/app');
const KEY = APP;

describe('unapproved-identity', () => {
  it('fails for what is there and was never approved', async () => {
    const rows = [awsUser('app'), drifted('identity', APP, KEY, { after: 'enabled' })];
    expect((await judge(RULE, rows)).found).toEqual({ ['user/app']: 'fail' });
  });

  it('says nothing of what is gone, of other kinds of drift, and without a baseline', async () => {
    const gone = drifted('identity', APP, KEY, { direction: 'lost', before: 'enabled', after: null });
    expect((await judge(RULE, [awsUser('app'), gone])).found).toEqual({});
    const other = drifted('open-grant', APP, KEY);
    expect((await judge(RULE, [awsUser('app'), other])).found).toEqual({});
    expect((await judge(RULE, [awsUser('app')])).found).toEqual({});
    expect((await judge(RULE, [])).found).toEqual({});
  });

  it('is unknown where the scope was not read when access was approved', async () => {
    const gap = drifted('identity', APP, KEY, { direction: 'unknown' });
    expect((await judge(RULE, [awsUser('app'), gap])).found).toEqual({ ['user/app']: 'unknown' });
  });

  it('leaves out what the provider manages', async () => {
    const rows = [awsUser('app', { managedBy: 'provider' }), drifted('identity', APP, KEY)];
    expect((await judge(RULE, rows)).found).toEqual({});
  });
});
