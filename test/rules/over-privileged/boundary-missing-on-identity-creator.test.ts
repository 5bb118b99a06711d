import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { able } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole, awsUser } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'boundary-missing-on-identity-creator';
const FACTORY = arn('role/factory');
const creator = (name: string) => [awsRole(name), able(arn(`role/${name}`), 'identity-admin')];

describe('boundary-missing-on-identity-creator', () => {
  it('fails a creator of identities without a boundary, and passes one with it', async () => {
    const { found, passed, findings } = await judge(rule, [
      ...creator('factory'),
      ...creator('bounded'),
      boundary('bounded'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/factory': 'fail' }, passed: 1 });
    expect(findings[0]?.evidence).toMatchObject({ makes_identities_in: [ACCOUNT_UID] });
  });

  it('does not know where a condition decides whether it may', async () => {
    const { found } = await judge(rule, [
      awsRole('factory'),
      able(FACTORY, 'identity-admin', { certainty: 'conditional' }),
    ]);
    expect(found).toEqual({ 'role/factory': 'unknown' });
  });

  it('counts no other guardrail, and no boundary of another', async () => {
    const { found } = await judge(rule, [
      ...creator('factory'),
      { guardrails: [{ uid: 's', kind: 'service-control-policy', targetUid: FACTORY }] },
      boundary('other'),
    ]);
    expect(found).toEqual({ 'role/factory': 'fail' });
  });

  it('passes administrators and who creates nothing, and leaves out people, other systems and the provider’s', async () => {
    const { found, passed } = await judge(rule, [
      ...creator('admin'),
      able(arn('role/admin'), 'admin'),
      awsRole('reader'),
      able(arn('role/reader'), 'data-read'),
      awsUser('ann', { class: 'human' }),
      able(arn('user/ann'), 'identity-admin'),
      awsRole('linked', { managedBy: 'provider' }),
      able(arn('role/linked'), 'identity-admin'),
      serviceAccount('shop/factory'),
      able(saUid('shop/factory'), 'identity-admin'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('does not know where guardrails were not collected; read in part, a boundary still passes', async () => {
    const none = await judge(rule, [...creator('factory'), notRead('guardrails', ACCOUNT_UID)]);
    expect(none.found).toEqual({ 'role/factory': 'unknown' });
    const some = await judge(rule, [
      ...creator('factory'),
      ...creator('bounded'),
      boundary('bounded'),
      notRead('guardrails', ACCOUNT_UID, 'partial'),
    ]);
    expect({ found: some.found, passed: some.passed }).toEqual({
      found: { 'role/factory': 'fail' },
      passed: 1,
    });
    expect(some.findings[0]?.evidence).toHaveProperty('not_collected');
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function boundary(name: string): PartialRows {
  return { guardrails: [{ uid: `${name}/b`, targetUid: arn(`role/${name}`), roleUid: arn('policy/edge') }] };
}
