import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Entitlement } from '#model/entitlement.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'separation-of-duties-pair';

describe('separation-of-duties-pair', () => {
  it('fails two capabilities of a pair in one scope, and names the pair', async () => {
    const { findings } = await judge(rule, [awsRole('app'), can('identity-admin'), can('logging-tamper')]);
    expect(findings).toMatchObject([
      { evidence: { held_together: [{ pair: 'identity-admin+logging-tamper', scope: ACCOUNT_UID }] } },
    ]);
  });

  it('passes one of them alone, and both in different scopes', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      can('identity-admin'),
      can('logging-tamper', { scopeUid: 'aws:222222222222' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know where one of them depends on a condition', async () => {
    const { found } = await judge(rule, [
      awsRole('app'),
      can('identity-admin'),
      can('logging-tamper', { certainty: 'conditional' }),
    ]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('takes its pairs from its parameter, and leaves administrators to their own rule', async () => {
    const rows = [awsRole('app'), can('secret-read'), can('data-delete')];
    expect((await judge(rule, rows, { pairs: ['secret-read+data-delete'] })).found).toEqual({
      'role/app': 'fail',
    });
    expect((await judge(rule, rows)).passed).toBe(1);
    const admin = [awsRole('app'), can('admin'), can('identity-admin'), can('logging-tamper')];
    expect((await judge(rule, admin)).passed).toBe(1);
  });

  it('does not know where grants were not collected', async () => {
    const { found } = await judge(rule, [awsRole('app'), notRead('grants', ACCOUNT_UID)]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function can(capability: Entitlement['capability'], fields: Partial<Entitlement> = {}): PartialRows {
  return { entitlements: [{ identityUid: arn('role/app'), capability, ...fields }] };
}
