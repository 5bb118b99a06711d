import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'collection-blind-spot';

describe('collection-blind-spot', () => {
  it.each(['denied', 'failed', 'partial'] as const)('fails a feed of which a call was %s', async (status) => {
    const { findings } = await judge(rule, [awsRole('app'), notRead('grants', ACCOUNT_UID, status)]);
    expect(findings).toMatchObject([
      {
        identity: null,
        subject: `${ACCOUNT_UID}#grants`,
        scope: ACCOUNT_UID,
        severity: 'low',
        evidence: { feed: 'grants', gaps: [{ call: 'list grants', status }] },
      },
    ]);
  });

  it('passes complete feeds, and does not know of one that nobody tried to read', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      notRead('workloads', ACCOUNT_UID, 'skipped'),
      notRead('usages', ACCOUNT_UID, 'skipped'),
      notRead('usages', ACCOUNT_UID, 'complete'),
    ]);
    expect({ found, passed }).toEqual({ found: { [`${ACCOUNT_UID}#workloads`]: 'unknown' }, passed: 10 });
  });

  it('fails a feed once, whatever else of it was complete', async () => {
    const { found } = await judge(rule, [
      notRead('grants', ACCOUNT_UID),
      notRead('grants', ACCOUNT_UID, 'failed'),
      notRead('grants', ACCOUNT_UID, 'complete'),
    ]);
    expect(found).toEqual({ [`${ACCOUNT_UID}#grants`]: 'fail' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
