import { describe, expect, it } from 'vitest';
import type { FactKind } from '#model/drift.ts';
import { arn, awsUser } from '../../estates/aws.ts';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const APP = arn('user/app');

/** What a rule does that judges one kind of drift: `key` names what drifted, and `found` its finding. */
export function judgesUnapproved(
  rule: string,
  kind: FactKind,
  { key, found }: { key: string; found: string },
) {
  describe(`the rule ${rule}`, () => {
    it('fails for what is there and was never approved', async () => {
      const rows = [awsUser('app'), drifted(kind, APP, key, { after: 'enabled' })];
      expect((await judge(rule, rows)).found).toEqual({ [found]: 'fail' });
    });

    it('says nothing of what is gone, of other kinds of drift, and without a baseline', async () => {
      const gone = drifted(kind, APP, key, { direction: 'lost', before: 'enabled', after: null });
      expect((await judge(rule, [awsUser('app'), gone])).found).toEqual({});
      const other = drifted('open-grant', APP, key);
      expect((await judge(rule, [awsUser('app'), other])).found).toEqual({});
      expect((await judge(rule, [awsUser('app')])).found).toEqual({});
      expect((await judge(rule, [])).found).toEqual({});
    });

    it('is unknown where the scope was not read when access was approved', async () => {
      const gap = drifted(kind, APP, key, { direction: 'unknown' });
      expect((await judge(rule, [awsUser('app'), gap])).found).toEqual({ [found]: 'unknown' });
    });

    it('leaves out what the provider manages', async () => {
      const rows = [awsUser('app', { managedBy: 'provider' }), drifted(kind, APP, key)];
      expect((await judge(rule, rows)).found).toEqual({});
    });
  });
}
