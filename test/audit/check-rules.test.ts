import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRules } from '#audit/check-rules.ts';
import { loadRules } from '#audit/load-rules.ts';
import { problemText } from '#audit/rule-problem.ts';
import { ConfigError } from '#model/errors.ts';
import { emptySnapshot } from '#test/estates/estate.ts';
import { tempDir } from '#test/temp-dir.ts';
import { QUERY, ruleText } from './rule-text.ts';

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await tempDir();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function problemsIn(folder: string): Promise<string[]> {
  const { problems } = await checkRules([folder], { openScratch: emptySnapshot, examples: true });
  return problems.map((problem) => problemText(problem).replace(`${folder}/`, ''));
}

function example(given: string, expected: string, more = ''): Record<string, string> {
  return { examples: `[{ name: e, given: ${given}, expect: ${expected}${more} }]` };
}

describe('a check of rule files', () => {
  it('finds all problems of all files, sorted, and counts the files', async () => {
    const folder = await folderWith({
      'a/sample.sql': ruleText(),
      'b/bad-header.sql': ruleText({ id: 'bad-header', category: 'old', severity: 'bad' }),
      'b/bad-query.sql': ruleText({ id: 'bad-query' }, QUERY.replace('FROM identities', 'FROM\nidentitys')),
      'c/sample.sql': ruleText(),
      'notes.txt': 'not a rule',
    });
    const { problems, checked } = await checkRules([folder], { openScratch: emptySnapshot, examples: false });
    expect(checked).toBe(4);
    expect(problems.map((problem) => problemText(problem).replaceAll(`${folder}/`, ''))).toEqual([
      expect.stringContaining('b/bad-header.sql:4: category: '),
      expect.stringContaining('b/bad-header.sql:5: severity: '),
      expect.stringContaining('b/bad-query.sql:16: Catalog Error: Table with name identitys does not exist!'),
      'c/sample.sql:1: the id `sample` is taken by a/sample.sql',
    ]);
  });

  it('runs the examples of a rule, each in a world of its own', async () => {
    const given =
      '{ identities: [{ uid: a, created_at: "2025-01-01T00:00:00Z" }, { uid: b, created_at: "2026-01-30T00:00:00Z" }] }';
    const sound = ruleText(
      example(given, '[{ identity_uid: a, status: fail }, { identity_uid: b, status: pass }]'),
    );
    expect(await problemsIn(await folderWith({ 'sample.sql': sound }))).toEqual([]);
    const wrong = ruleText(
      example(given, '[{ identity_uid: a, status: pass }, { identity_uid: c, status: fail }]'),
    );
    expect(await problemsIn(await folderWith({ 'sample.sql': wrong }))).toEqual([
      'sample.sql:1: example `e`: expected pass for a',
      'sample.sql:1: example `e`: expected fail for c',
      'sample.sql:1: example `e`: did not expect fail for a',
      'sample.sql:1: example `e`: did not expect pass for b',
    ]);
  });

  it('gives an example its own time and parameters', async () => {
    const given = '{ identities: [{ uid: a, created_at: "2025-01-01T00:00:00Z" }] }';
    const text = ruleText(
      example(
        given,
        '[{ identity_uid: a, status: fail }]',
        ', as_of: "2025-01-10T00:00:00Z", params: { days: 5 }',
      ),
    );
    expect(await problemsIn(await folderWith({ 'sample.sql': text }))).toEqual([]);
  });

  it.each([
    ['{ people: [{}] }', 'there is no table `people`; there are scopes, identities, '],
    ['{ identities: [{ colour: red }] }', 'identities.colour: there is no such column'],
    ['{ identities: [{ uid: 7 }] }', 'identities.uid: expected a string, found a number'],
    ['{ identities: [{ created_at: yesterday }] }', 'not a time: "yesterday"'],
  ])('refuses an example with rows that are none: %s', async (given, expected) => {
    const problems = await problemsIn(await folderWith({ 'sample.sql': ruleText(example(given, '[]')) }));
    expect(problems).toEqual([expect.stringContaining(expected)]);
  });

  it('refuses an example with a parameter out of its range', async () => {
    const text = ruleText(example('{}', '[]', ', params: { days: 999 }'));
    expect(await problemsIn(await folderWith({ 'sample.sql': text }))).toEqual([
      'sample.sql:1: example `e`: params.days: expected at most 365, found 999',
    ]);
  });
});

describe('loading rules', () => {
  it('takes files and folders, and gives the rules by id', async () => {
    const folder = await folderWith({
      'z/b.sql': ruleText({ id: 'b' }),
      'a.sql': ruleText({ id: 'a' }),
      '.git/c.sql': 'no rule',
    });
    expect((await loadRules([folder], true)).map(({ header }) => header.id)).toEqual(['a', 'b']);
    expect(
      (await loadRules([join(folder, 'a.sql')], false)).map(({ header, builtIn }) => [header.id, builtIn]),
    ).toEqual([['a', false]]);
  });

  it('loads nothing where one file is wrong', async () => {
    const folder = await folderWith({ 'a.sql': ruleText({ id: 'a' }), 'b.sql': ruleText({ id: 'c' }) });
    await expect(loadRules([folder], true)).rejects.toThrow(ConfigError);
    await expect(loadRules([folder], true)).rejects.toThrow(/b\.sql:2: id: expected `b`/u);
  });

  it('refuses what is missing, too large or not text, and follows no links', async () => {
    const folder = await folderWith({
      'large.sql': 'x'.repeat(300_000),
      'latin.sql': Uint8Array.of(0x2f, 0xe4),
    });
    await expect(loadRules([join(folder, 'large.sql')], true)).rejects.toThrow(
      'expected at most 262144 bytes, found 300000',
    );
    await expect(loadRules([join(folder, 'latin.sql')], true)).rejects.toThrow(
      'latin.sql:1: expected UTF-8 text',
    );
    await expect(loadRules([join(folder, 'gone')], true)).rejects.toThrow('gone:1: cannot be read');
    const linked = await tempDir();
    await symlink(folder, join(linked, 'out'));
    await symlink(join(folder, 'large.sql'), join(linked, 'large.sql'));
    expect(await loadRules([linked], true)).toEqual([]);
  });
});
