import { describe, expect, it } from 'vitest';
import type { Coverage } from '#model/scope.ts';
import type { Owner } from '#model/owner.ts';
import { NO_OWNER_SOURCES, type People } from '#model/ownership.ts';
import { deriveOwners } from '#scan/derive-owners.ts';
import { emptySnapshot, NOW } from '#test/estates/estate.ts';
import { identity } from '../../store/records.ts';

const ROLE = 'arn:aws:iam::111111111111:role/deploy';
const JANE = { aliases: ['jane'], active: true };
const SHOP = { aliases: ['shop'], activeMembers: 2 };

describe('whether owners were looked up', () => {
  it('is on record where a source of people was given, for teams only where it knows some', async () => {
    expect((await derived({ persons: [JANE], teams: [SHOP] })).calls).toEqual([
      'people complete',
      'teams complete',
    ]);
    expect((await derived({ persons: [JANE], teams: [] })).calls).toEqual(['people complete']);
  });

  it('is on record of a source that knows nobody, and not where none was given', async () => {
    expect((await derived({ persons: [], teams: [] })).calls).toEqual(['people complete']);
    expect((await derived(null)).calls).toEqual([]);
  });
});

describe('whether a registry answers for a scope', () => {
  it('is on record for every scope of a system of which it names an identity, and for no other', async () => {
    const entry = { identity: ROLE, owner: 'shop', backupOwner: null, vouchesUntil: null };
    const elsewhere = 'gcp:serviceAccount:a@p.iam.gserviceaccount.com';
    const staging = await emptySnapshot();
    await staging.write('identities', [
      identity(ROLE, { name: 'deploy' }),
      identity('arn:aws:iam::222222222222:role/other', { name: 'other', scopeUid: 'aws:222222222222' }),
      identity(elsewhere, { name: 'a', system: 'gcp', scopeUid: 'gcp:projects/p' }),
    ]);
    await deriveOwners(staging, NOW, { ...NO_OWNER_SOURCES, registry: [entry] });
    const rows = await staging.all(
      `SELECT scope_uid, status FROM coverage WHERE feed = 'owners' AND call = 'registry' ORDER BY ALL`,
    );
    await staging.discard();
    expect(rows).toEqual([
      { scope_uid: 'aws:111111111111', status: 'complete' },
      { scope_uid: 'aws:222222222222', status: 'complete' },
    ]);
  });
});

describe('the kind of an owner', () => {
  it('is what the source of people says, and else what the name looks like', async () => {
    expect((await derived({ persons: [JANE], teams: [SHOP] })).kinds).toEqual([
      'jane person',
      'ops@acme.example person',
      'shop team',
    ]);
    expect((await derived(null)).kinds).toEqual(['jane team', 'ops@acme.example person', 'shop team']);
  });
});

async function derived(people: People | null): Promise<{ calls: string[]; kinds: string[] }> {
  const staging = await emptySnapshot();
  const tags = { owner: 'jane', team: 'shop', contact: 'ops@acme.example' };
  await staging.write('identities', [identity(ROLE, { name: 'deploy', tags })]);
  await deriveOwners(staging, NOW, { ...NO_OWNER_SOURCES, people });
  const coverage = await staging.all<Coverage>(
    `SELECT call, status FROM coverage WHERE feed = 'owners' AND scope_uid IS NULL ORDER BY call`,
  );
  const owners = await staging.all<Owner>('SELECT owner, kind FROM owners ORDER BY owner');
  await staging.discard();
  return {
    calls: coverage.map(({ call, status }) => `${call} ${status}`),
    kinds: owners.map(({ owner, kind }) => `${owner} ${kind}`),
  };
}
