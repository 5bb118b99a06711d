import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Usage } from '#model/usage.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { daysAgo, NOW, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'unused-capability';

describe('unused-capability', () => {
  it('fails a service not used for longer than the limit, beside one in use, and names it', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      used('app', 's3', { lastUsedAt: daysAgo(1) }),
      used('app', 'sqs', { lastUsedAt: daysAgo(91) }),
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        evidence: {
          measured_permissions: 2,
          unused_permissions: 1,
          unused: [{ permission: 'sqs', unused_days: 91 }],
        },
      },
    ]);
  });

  it('passes at exactly the limit, and what is younger than it', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      used('app', 's3', { lastUsedAt: daysAgo(90.9) }),
      awsRole('young', { createdAt: daysAgo(30) }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('fails what a long window did not show, and does not know from a short one, from none, or unmeasured', async () => {
    const { found } = await judge(rule, [
      awsRole('long'),
      used('long', 's3', { windowStart: daysAgo(400), windowEnd: NOW }),
      awsRole('short'),
      used('short', 's3', { windowStart: daysAgo(30), windowEnd: NOW }),
      awsRole('endless'),
      used('endless', 's3'),
      awsRole('unmeasured'),
    ]);
    expect(found).toEqual({
      'role/long': 'fail',
      'role/short': 'unknown',
      'role/endless': 'unknown',
      'role/unmeasured': 'unknown',
    });
  });

  it('does not know where use was not collected', async () => {
    const { found } = await judge(rule, [awsRole('app'), notRead('usages', ACCOUNT_UID)]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function used(role: string, permission: string, fields: Partial<Usage> = {}): PartialRows {
  return { usages: [{ identityUid: arn(`role/${role}`), subject: 'permission', permission, ...fields }] };
}
