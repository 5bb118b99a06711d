import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Owner } from '#model/owner.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'no-owner';

describe('no-owner', () => {
  it('fails an identity of which no source names an owner', async () => {
    const { findings } = await judge(rule, [awsRole('app')]);
    expect(findings).toMatchObject([{ identity: arn('role/app'), severity: 'low' }]);
  });

  it('passes an owner who was declared or inferred, and fails one who has left', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('declared'),
      owned('declared', { state: 'declared' }),
      awsRole('inferred'),
      owned('inferred', { state: 'inferred' }),
      awsRole('left'),
      owned('left', { state: 'owner-left' }),
      awsRole('empty'),
      owned('empty', { state: 'orphaned' }),
    ]);
    expect(found).toEqual({ 'role/left': 'fail', 'role/empty': 'fail' });
    expect(passed).toBe(2);
  });

  it('passes an owner beside one who has left, and does not know which of two that contradict each other', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      owned('app', { state: 'owner-left', owner: 'ann' }),
      owned('app', { state: 'declared', owner: 'web' }),
      awsRole('web'),
      owned('web', { state: 'conflicting', owner: 'a' }),
      owned('web', { state: 'conflicting', owner: 'b' }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/web': 'unknown' }, passed: 1 });
  });

  it('asks for no owner of people, root, what is off or provider-managed, mere names and default accounts', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('person', { class: 'human' }),
      awsRole('root', { kind: 'root-user' }),
      awsRole('off', { enabled: false }),
      awsRole('theirs', { managedBy: 'provider' }),
      serviceAccount('shop/default'),
      { identities: [{ uid: 'k8s:demo:user:ci', kind: 'user', name: 'ci' }] },
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where owners were not collected, and says so of a failure where they have gaps', async () => {
    const rows = [awsRole('app'), awsRole('web'), owned('web')];
    const denied = await judge(rule, [...rows, notRead('owners', ACCOUNT_UID)]);
    expect(denied.found).toEqual({ 'role/app': 'unknown', 'role/web': 'unknown' });
    const partial = await judge(rule, [...rows, notRead('owners', ACCOUNT_UID, 'partial')]);
    expect(partial.found).toEqual({ 'role/app': 'fail' });
    expect(partial.findings[0]?.evidence['not_collected']).toMatchObject([{ feed: 'owners' }]);
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function owned(role: string, fields: Partial<Owner> = {}): PartialRows {
  return { owners: [{ identityUid: arn(`role/${role}`), owner: 'web', ...fields }] };
}
