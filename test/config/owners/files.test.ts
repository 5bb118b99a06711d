import { describe, expect, it } from 'vitest';
import { ConfigError } from '#model/errors.ts';
import { parseBackstage } from '#config/owners/backstage.ts';
import { parseCodeowners } from '#config/owners/codeowners.ts';
import { parsePeopleCsv } from '#config/owners/people-csv.ts';
import { parsePeopleScim } from '#config/owners/people-scim.ts';
import { parseRegistry } from '#config/owners/registry.ts';

function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'nothing failed';
}

describe('a registry of record', () => {
  it('vouches until the earlier of its two days', () => {
    const text = `identities:
  - { identity: a, owner: shop, backup_owner: jane, purpose: sells, expires: 2027-01-31, review_by: 2026-12-31 }
  - { identity: 'b*', owner: shop }
`;
    expect(parseRegistry(text, 'r.yaml')).toEqual([
      { identity: 'a', owner: 'shop', backupOwner: 'jane', vouchesUntil: '2026-12-31' },
      { identity: 'b*', owner: 'shop', backupOwner: null, vouchesUntil: null },
    ]);
  });

  it.each([
    ['an unknown key', 'identities:\n  - { identity: a, owner: b, ownr: c }\n', /r\.yaml:2: .*ownr/u],
    ['a missing owner', 'identities:\n  - identity: a\n', /r\.yaml:2: .*owner/u],
    [
      'a day that is none',
      'identities:\n  - { identity: a, owner: b, expires: 2026-02-30 }\n',
      /r\.yaml:2: .*expected a date/u,
    ],
    [
      'an identity that stands twice',
      'identities:\n  - { identity: a, owner: b }\n  - { identity: a, owner: c }\n',
      /r\.yaml:3: .*a stands twice/u,
    ],
  ])('names file and line for %s', (_, text, message) => {
    expect(failureOf(() => parseRegistry(text, 'r.yaml'))).toMatch(message);
  });
});

describe('a Backstage catalogue file', () => {
  const entity = (kind: string, spec: string) =>
    `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: shop, annotations: { a/b: c } }\nspec: ${spec}\n`;

  it('gives the owned components, resources and systems of all its documents', () => {
    const text = ['Component', 'Group', 'System']
      .map((kind) => entity(kind, '{ owner: team-a }'))
      .join('---\n');
    expect(parseBackstage(`---\n${text}---\n${entity('Resource', '{}')}`, 'c.yaml')).toEqual([
      { name: 'shop', owner: 'team-a', annotations: { 'a/b': 'c' } },
      { name: 'shop', owner: 'team-a', annotations: { 'a/b': 'c' } },
    ]);
  });

  it('names file and line of a mistake in a later document', () => {
    const text = `${entity('Component', '{ owner: a }')}---\n${entity('Component', '{ owner: [b] }')}`;
    expect(failureOf(() => parseBackstage(text, 'c.yaml'))).toMatch(/c\.yaml:9: spec\.owner: /u);
    expect(failureOf(() => parseBackstage('a: [b\nc: d\n', 'c.yaml'))).toMatch(/c\.yaml:\d: not valid YAML/u);
  });
});

describe('a CODEOWNERS file', () => {
  it('is rules in order, without comments', () => {
    expect(
      parseCodeowners('# all\n* @acme/all # default\n\n/iam/ jane@acme.example @bob\n/iam/free\n', 'C'),
    ).toEqual([
      { pattern: '*', owners: ['@acme/all'] },
      { pattern: '/iam/', owners: ['jane@acme.example', '@bob'] },
      { pattern: '/iam/free', owners: [] },
    ]);
  });

  it.each([
    ['a negated pattern', '* @a\n!x @b\n', /^C:2: .*negated/u],
    ['a range of characters', '[ab] @b\n', /^C:1: .*ranges/u],
    ['an owner that is none', '* nobody\n', /^C:1: nobody: expected @user/u],
  ])('names file and line for %s', (_, text, message) => {
    expect(failureOf(() => parseCodeowners(text, 'C'))).toMatch(message);
  });
});

describe('people', () => {
  it('come from CSV with their teams', () => {
    const text =
      'id,email,active,teams,note\r\nu1,Jane@Acme.example,true,"Shop; Data","a ""b"",\nc"\r\nu2,,no,Shop,\r\n';
    expect(parsePeopleCsv(text, 'p.csv')).toEqual({
      persons: [
        { aliases: ['u1', 'jane@acme.example'], active: true },
        { aliases: ['u2'], active: false },
      ],
      teams: [
        { aliases: ['shop'], activeMembers: 1 },
        { aliases: ['data'], activeMembers: 1 },
      ],
    });
  });

  it.each([
    ['a missing column', 'id,email\nx,y\n', /^p\.csv:1: .*column active/u],
    ['nothing at all', '', /^p\.csv:1: .*column id/u],
    ['a row that is too short', 'id,active\nx,true\ny\n', /^p\.csv:3: 1 cells/u],
    ['a word that is neither true nor false', 'id,active\nx,maybe\n', /^p\.csv:2: active is "maybe"/u],
    ['a quotation mark that is not closed', 'id,active\n"x,true\n', /^p\.csv:2: a quotation mark/u],
    ['a row after a cell of two lines', 'id,active,note\nx,true,"a\nb"\n,true,\n', /^p\.csv:4: id is empty/u],
  ])('name file and line of CSV with %s', (_, text, message) => {
    expect(failureOf(() => parsePeopleCsv(text, 'p.csv'))).toMatch(message);
  });

  it('come from SCIM users and groups, and a group may be empty', () => {
    const users = {
      Resources: [
        { id: '1', userName: 'jane', active: true, emails: [{ value: 'j@acme.example' }] },
        { id: '2', userName: 'bob', active: false },
      ],
    };
    const groups = {
      Resources: [
        { id: 'g', displayName: 'Shop', members: [{ value: '1' }, { value: '2' }] },
        { id: 'h', displayName: 'Void' },
      ],
    };
    expect(parsePeopleScim(JSON.stringify([users, groups]), 's.json')).toEqual({
      persons: [
        { aliases: ['1', 'jane', 'j@acme.example'], active: true },
        { aliases: ['2', 'bob'], active: false },
      ],
      teams: [
        { aliases: ['shop'], activeMembers: 1 },
        { aliases: ['void'], activeMembers: 0 },
      ],
    });
  });

  it('name the place of a mistake in SCIM', () => {
    expect(failureOf(() => parsePeopleScim('{\n"Resources": [}', 's.json'))).toMatch(
      /^s\.json:2: not valid JSON/u,
    );
    expect(failureOf(() => parsePeopleScim('{"users":[]}', 's.json'))).toMatch(/^s\.json: .*SCIM/u);
  });
});
