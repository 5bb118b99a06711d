import { describe, expect, it } from 'vitest';
import { NO_OWNER_SOURCES, type OwnerSources } from '#model/ownership.ts';
import type { Owner } from '#model/owner.ts';
import { deriveOwners } from '#scan/derive-owners.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { identity } from '../../store/records.ts';
import { tempDir } from '../../temp-dir.ts';

const AS_OF = '2026-11-20T00:00:00.000Z';
const ROLE = 'arn:aws:iam::111111111111:role/deploy';

interface World {
  readonly tags?: Record<string, string>;
  readonly collected?: readonly Pick<Owner, 'owner' | 'source' | 'state'>[];
}

async function statesOf(
  { tags = {}, collected = [] }: World,
  sources: Partial<OwnerSources> = {},
): Promise<string[]> {
  const staging = await createSnapshot(await tempDir(), { asOf: AS_OF, startedAt: AS_OF, toolVersion: '0' });
  await staging.write('identities', [identity(ROLE, { name: 'deploy', tags })]);
  await staging.write(
    'owners',
    collected.map((row) => ({
      system: 'aws',
      scopeUid: 'aws:111111111111',
      identityUid: ROLE,
      kind: 'unknown',
      ...row,
    })),
  );
  await deriveOwners(staging, AS_OF, { ...NO_OWNER_SOURCES, ...sources });
  const rows = await staging.all<Owner>('SELECT owner, source, state FROM owners ORDER BY source, owner');
  await staging.discard();
  return rows.map(({ owner, source, state }) => `${source} ${owner} ${state}`);
}

const registered = (owner: string, more: object = {}) => ({
  registry: [{ identity: ROLE, owner, backupOwner: null, vouchesUntil: null, ...more }],
});
const people = {
  persons: [
    { aliases: ['jane', 'jane@acme.example'], active: true },
    { aliases: ['bob'], active: false },
  ],
  teams: [
    { aliases: ['shop'], activeMembers: 2 },
    { aliases: ['void'], activeMembers: 0 },
  ],
};

describe('the state of an owner', () => {
  it('is corroborated where a tag and the registry agree, however they write the name', async () => {
    expect(await statesOf({ tags: { owner: 'Shop' } }, registered('group:default/shop'))).toEqual([
      'registry group:default/shop corroborated',
      'tag:owner Shop corroborated',
    ]);
  });

  it('is not corroborated by a second tag of the same object', async () => {
    expect(await statesOf({ tags: { owner: 'shop', team: 'Shop' } })).toEqual([
      'tag:owner shop declared',
      'tag:team Shop declared',
    ]);
  });

  it('is conflicting where two sources name different teams, and not where one names two', async () => {
    expect(await statesOf({ tags: { owner: 'data' } }, registered('shop'))).toEqual([
      'registry shop conflicting',
      'tag:owner data conflicting',
    ]);
    expect(await statesOf({}, registered('shop', { backupOwner: 'data' }))).toEqual([
      'registry shop declared',
      'registry:backup data declared',
    ]);
  });

  it('stays inferred until something declared agrees', async () => {
    const creator = { owner: 'jane', source: 'creator', state: 'inferred' } as const;
    expect(await statesOf({ collected: [creator] })).toEqual(['creator jane inferred']);
    expect(await statesOf({ collected: [creator] }, registered('jane'))).toEqual([
      'creator jane corroborated',
      'registry jane corroborated',
    ]);
  });

  it('is inferred where the entry of the registry is over, from the day after', async () => {
    expect(await statesOf({}, registered('shop', { vouchesUntil: '2026-11-20' }))).toEqual([
      'registry shop declared',
    ]);
    expect(await statesOf({}, registered('shop', { vouchesUntil: '2026-11-19' }))).toEqual([
      'registry shop inferred',
    ]);
  });

  it.each([
    ['an active person by address', 'jane@acme.example', 'declared'],
    ['a person who is not active', 'bob', 'owner-left'],
    ['a team with active members', '@acme/shop', 'declared'],
    ['a team without active members', 'group:void', 'owner-left'],
    ['a name that nobody knows', 'ghost', 'orphaned'],
  ])('is told from the people who exist: %s', async (_, owner, state) => {
    expect(await statesOf({}, { ...registered(owner), people })).toEqual([`registry ${owner} ${state}`]);
  });

  it('is not orphaned for a team where no team is known at all', async () => {
    const persons = { ...people, teams: [] };
    expect(await statesOf({}, { ...registered('ghost'), people: persons })).toEqual([
      'registry ghost declared',
    ]);
    expect(await statesOf({}, { ...registered('a@b.example'), people: persons })).toEqual([
      'registry a@b.example orphaned',
    ]);
  });

  it('of somebody who left contradicts nobody who is there', async () => {
    expect(await statesOf({ tags: { owner: 'void' } }, { ...registered('shop'), people })).toEqual([
      'registry shop declared',
      'tag:owner void owner-left',
    ]);
  });
});

describe('a file of owners', () => {
  it('of the registry counts for the entry that names the identity, else for the last pattern that fits', async () => {
    const entry = { backupOwner: null, vouchesUntil: null };
    const wide = { identity: '*', owner: 'all', ...entry };
    const near = { identity: '*:role/d*', owner: 'roles', ...entry };
    expect(await statesOf({}, { registry: [wide, near] })).toEqual(['registry roles declared']);
    expect(await statesOf({}, { registry: [{ ...wide, identity: ROLE, owner: 'exact' }, near] })).toEqual([
      'registry exact declared',
    ]);
  });

  it.each([
    ['its uid', { 'nhi-auditor/identity': `other, ${ROLE}` }, 'declared'],
    ['a pattern', { 'nhi-auditor/identity': 'arn:*:role/dep*' }, 'declared'],
    ['an ARN of a role', { 'eks.amazonaws.com/role-arn': ROLE }, 'declared'],
    ['the name of a role', { 'iam.amazonaws.com/role': 'deploy' }, 'declared'],
    ['a label', { 'backstage.io/kubernetes-id': 'shop-ui' }, 'declared'],
    ['only its name', {}, 'inferred'],
  ])('of Backstage is joined to an identity by %s', async (_, annotations, state) => {
    const catalogue = [{ name: 'deploy', owner: 'shop', annotations }];
    const tags = { 'backstage.io/kubernetes-id': 'shop-ui' };
    expect(await statesOf({ tags }, { catalogue })).toEqual([`backstage shop ${state}`]);
  });

  it('of CODEOWNERS counts for the file that the identity was declared in, else for a path made from its name', async () => {
    const rules = [
      { pattern: '*', owners: ['@acme/all'] },
      { pattern: '/iam/', owners: ['@acme/iam'] },
      { pattern: '/iam/free.tf', owners: [] },
    ];
    const codeowners = [{ rules, path: 'iam/{name}.tf' }];
    expect(await statesOf({ tags: { git_file: 'apps/x.tf' } }, { codeowners })).toEqual([
      'codeowners @acme/all declared',
    ]);
    expect(await statesOf({ tags: { git_file: 'iam/free.tf' } }, { codeowners })).toEqual([]);
    expect(await statesOf({}, { codeowners })).toEqual(['codeowners @acme/iam inferred']);
    expect(await statesOf({}, { codeowners: [{ rules, path: 'k8s/{namespace}.yaml' }] })).toEqual([]);
  });
});
