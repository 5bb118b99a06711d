import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Owner } from '#model/owner.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'owner-gone';

describe('owner-gone', () => {
  it('fails an owner who has left or is known to nobody, and passes one who stands beside', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('left'),
      owned('left', 'owner-left'),
      awsRole('stranger'),
      owned('stranger', 'orphaned'),
      awsRole('shared'),
      owned('shared', 'owner-left'),
      owned('shared', 'declared'),
      lookedUp('teams'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/left': 'fail', 'role/stranger': 'fail' }, passed: 1 });
  });

  it('does not know who stands where nobody was looked up, once a scope, even where somebody else is gone', async () => {
    const { found, findings } = await judge(rule, [
      awsRole('app'),
      owned('app', 'declared'),
      awsRole('left'),
      owned('left', 'owner-left'),
    ]);
    expect(found).toEqual({ [`${ACCOUNT_UID}#people`]: 'unknown', 'role/left': 'fail' });
    expect(findings).toMatchObject([
      { identity: arn('role/left') },
      { identity: null, evidence: { identities: 1 } },
    ]);
  });

  it('takes a source of people for people, and one of teams for teams', async () => {
    const parts = [
      awsRole('person'),
      owned('person', 'corroborated', 'person'),
      awsRole('team'),
      owned('team', 'inferred', 'team'),
      awsRole('either'),
      owned('either', 'declared', 'unknown'),
    ];
    const people = await judge(rule, [...parts, lookedUp('people')]);
    expect(people.found).toEqual({ 'role/team': 'unknown', 'role/either': 'unknown' });
    const both = await judge(rule, [...parts, lookedUp('people'), lookedUp('teams')]);
    expect({ found: both.found, passed: both.passed }).toEqual({ found: {}, passed: 3 });
  });

  it('does not know where sources contradict each other', async () => {
    const { found } = await judge(rule, [awsRole('app'), owned('app', 'conflicting'), lookedUp('teams')]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('leaves identities without any owner to no-owner', async () => {
    const { found, passed } = await judge(rule, [awsRole('app')]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where owners were not collected', async () => {
    const { found } = await judge(rule, [awsRole('app'), notRead('owners', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function owned(role: string, state: Owner['state'], kind: Owner['kind'] = 'team'): PartialRows {
  return { owners: [{ identityUid: arn(`role/${role}`), owner: `${role}-${state}`, kind, state }] };
}

function lookedUp(call: 'people' | 'teams'): PartialRows {
  return { coverage: [{ system: null, scopeUid: null, feed: 'owners', call }] };
}
