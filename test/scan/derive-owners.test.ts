import { describe, expect, it } from 'vitest';
import type { Identity } from '#model/identity.ts';
import { NO_OWNER_SOURCES } from '#model/ownership.ts';
import { deriveOwners } from '#scan/derive-owners.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { tempDir } from '../temp-dir.ts';

const AS_OF = '2026-11-20T00:00:00.000Z';

async function ownersOf(tags: Record<string, string>, keys: readonly string[] = []): Promise<string[]> {
  const staging = await createSnapshot(await tempDir(), { asOf: AS_OF, startedAt: AS_OF, toolVersion: '0' });
  await staging.write('identities', [identity(tags)]);
  await deriveOwners(staging, AS_OF, { ...NO_OWNER_SOURCES, keys });
  const rows = await staging.all<Record<'owner' | 'kind' | 'source' | 'state', string>>(
    'SELECT owner, kind, source, state FROM owners ORDER BY ALL',
  );
  await staging.discard();
  return rows.map(({ owner, kind, source, state }) => `${owner} ${kind} ${source} ${state}`);
}

function identity(tags: Record<string, string>): Identity {
  return {
    uid: 'arn:aws:iam::111122223333:role/a',
    system: 'aws',
    scopeUid: 'aws:111122223333',
    kind: 'iam-role',
    name: 'a',
    class: 'non-human',
    classReason: 'a role',
    managedBy: 'customer',
    enabled: true,
    createdAt: null,
    tags,
    environment: null,
    providerId: null,
    raw: null,
  };
}

describe('owners from tags', () => {
  it('are teams, or people where an address is given', async () => {
    expect(await ownersOf({ Owner: 'payments', contact: 'ops@acme.example' })).toEqual([
      'ops@acme.example person tag:contact declared',
      'payments team tag:Owner declared',
    ]);
  });

  it('are found whatever the case, punctuation and prefix of the key', async () => {
    expect(await ownersOf({ 'acme.example/owned_by': 'data' })).toEqual([
      'data team tag:acme.example/owned_by declared',
    ]);
  });

  it('conflict where two teams are named', async () => {
    expect(await ownersOf({ owner: 'a', team: 'b' })).toEqual([
      'a team tag:owner conflicting',
      'b team tag:team conflicting',
    ]);
    expect(await ownersOf({ owner: 'A', team: 'a' })).toHaveLength(2);
    expect((await ownersOf({ owner: 'A', team: 'a' })).every((row) => row.endsWith('declared'))).toBe(true);
  });

  it('are found under keys that end in a backslash or hold quotes', async () => {
    expect(await ownersOf({ 'owner\\': 'a', '"x\\"/owner': 'a' })).toEqual([
      'a team tag:"x\\"/owner declared',
      'a team tag:owner\\ declared',
    ]);
  });

  it('are none where the tags are empty or say something else', async () => {
    expect(await ownersOf({})).toEqual([]);
    expect(await ownersOf({ owner: ' ', 'cost-centre': '7', 'it\'s "odd"': 'x' })).toEqual([]);
  });

  it('are found by keys of the user’s own', async () => {
    expect(await ownersOf({ steward: 'x', cost: 'y' }, ['steward'])).toEqual(['x team tag:steward declared']);
  });
});
