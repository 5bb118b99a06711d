import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkQuery } from '#audit/check-query.ts';
import { impureFunctions, type ImpureFunctions } from '#audit/impure.ts';
import { createSnapshot, type StagedSnapshot } from '#store/write/create-snapshot.ts';
import { NOW } from '#test/estates/estate.ts';
import { QUERY, rule } from './rule-text.ts';

let folder: string;
let snapshot: StagedSnapshot;
let impure: ImpureFunctions;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhi-check-query-'));
  snapshot = await createSnapshot(folder, { asOf: NOW, startedAt: NOW, toolVersion: 'test' });
  impure = await impureFunctions(snapshot);
  await writeFile(join(folder, 'secret.csv'), 'a,b\n1,2\n');
});

afterAll(async () => {
  await snapshot.discard();
  await rm(folder, { recursive: true, force: true });
});

/** What is wrong with a query of a rule without parameters whose query begins on line 12. */
async function problems(query: string): Promise<string[]> {
  const { problems: found } = await checkQuery(snapshot, rule({ params: '{}', title: 'x' }, query), impure);
  return found.map(({ line, message }) => `${line}: ${message}`);
}

const row = (status: string, from = '') =>
  `SELECT 'i' AS identity_uid, NULL AS subject_uid, ${status} AS status, {a: 1} AS evidence ${from}`;

describe('the query of a rule', () => {
  it('gives the columns of the row contract, and may add system and scope', async () => {
    const sound = await checkQuery(snapshot, rule(), impure);
    expect(sound.columns).toEqual(new Set(['identity_uid', 'subject_uid', 'status', 'evidence']));
    expect(await problems(`${row(`'pass'`)}, 'aws' AS system, 'aws:1' AS scope_uid`)).toEqual([]);
  });

  it.each([
    ['DELETE FROM identities', '12: expected a SELECT and nothing else'],
    [`COPY identities TO 'x.csv'`, '12: expected a SELECT and nothing else'],
    ['SELECT 1; SELECT 2', '12: expected one SELECT, found 2 statements'],
    [`-- nothing\n`, '12: expected one SELECT, found 0 statements'],
    ['SELECT 1\n\nFROM (', '14: not valid SQL: syntax error at end of input'],
    [`${row(`'pass'`)}\nFROM identitys`, '13: Catalog Error: Table with name identitys does not exist!'],
    [
      `${row(`'pass'`)}\nFROM identities\nWHERE colour = 1`,
      '14: Binder Error: Referenced column "colour" not found',
    ],
    [row('uid', 'FROM identities) UNION ALL (SELECT 1'), '12: not valid SQL'],
  ])('is refused for %j, with its line in the file', async (query, expected) => {
    expect(await problems(query)).toEqual([expect.stringContaining(expected)]);
  });

  it('is refused without the columns of the contract, or with others, or with other types', async () => {
    expect(await problems(`SELECT 'i' AS identity_uid, 1 AS status, 'x' AS evidence, 1 AS colour`)).toEqual([
      expect.stringContaining('expected a column `subject_uid`'),
      expect.stringContaining('the column `colour` has no meaning'),
      expect.stringContaining('expected `status` to be text, found INTEGER'),
      expect.stringContaining('expected `evidence` to be a struct, found VARCHAR'),
    ]);
  });

  it('is refused parameters that the header lacks, and must use those that it has', async () => {
    const { problems: found } = await checkQuery(
      snapshot,
      rule({}, QUERY.replace('$days', '$weeks')),
      impure,
    );
    expect(found.map(({ message }) => message)).toEqual([
      `$weeks is not among the header's params`,
      'the parameter `days` is never used',
    ]);
  });

  it.each([
    'now()',
    'current_date',
    'current_timestamp',
    'localtimestamp',
    'today()',
    'get_current_timestamp()',
    'current_localtimestamp()',
    'random()',
    'uuid()',
    'gen_random_uuid()',
    `age(TIMESTAMP '2020-01-01')`,
    'ago(INTERVAL 1 DAY)',
    `nextval('x')`,
    'current_user',
    '[now() FOR x IN [1]]',
    '(SELECT max(t) FROM (SELECT now() AS t))',
  ])('reads no clock, chance or session: %s', async (expression) => {
    expect(await problems(row(`(${expression})::VARCHAR`))).toEqual([
      expect.stringMatching(/^12: `\w+` is not allowed: a rule reads no clock/u),
    ]);
  });

  it('names the line of what it may not use, however deep', async () => {
    expect(await problems(`WITH a AS (\n  SELECT now() AS t\n)\n${row(`'pass'`, 'FROM a')}`)).toEqual([
      expect.stringMatching(/^13: `now`/u),
    ]);
  });

  it('may measure between two times that it is given', async () => {
    expect(
      await problems(
        row(`CASE WHEN age($as_of, TIMESTAMP '2020-01-01') > INTERVAL 1 DAY THEN 'fail' ELSE 'pass' END`),
      ),
    ).toEqual([]);
  });

  it.each([
    [`read_csv('FOLDER/secret.csv')`, 'the table function `read_csv` is not allowed'],
    [`read_text('FOLDER/secret.csv')`, 'the table function `read_text` is not allowed'],
    [`glob('FOLDER/*')`, 'the table function `glob` is not allowed'],
    [`query('SELECT now()')`, 'the table function `query` is not allowed'],
    ['duckdb_settings()', 'the table function `duckdb_settings` is not allowed'],
    [`'FOLDER/secret.csv'`, 'is not open to rules'],
    ['information_schema.tables', 'is not open to rules'],
    ['snapshot', 'is not open to rules'],
    ['findings', 'is not open to rules'],
    ['identities TABLESAMPLE 10', 'a sample is not allowed'],
  ])('reads nothing but what was collected: %s', async (from, expected) => {
    const found = await problems(row(`'pass'`, `FROM ${from.replace('FOLDER', folder)}`));
    expect(found).toEqual([expect.stringContaining(expected)]);
    expect(found.join()).not.toContain('1,2');
  });

  it('may take lists and JSON apart', async () => {
    expect(
      await problems(row(`'pass'`, 'FROM trusts, json_each(trusts.condition) c, unnest([1, 2])')),
    ).toEqual([]);
  });

  it('may nest deeper than a stack is high', async () => {
    const deep = `${'('.repeat(900)}'pass'${')'.repeat(900)}`;
    expect(await problems(row(deep))).toEqual([]);
  });
});
