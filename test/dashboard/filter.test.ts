import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterSql, passes } from '#dashboard/filter/apply-filter.ts';
import { parseFilter } from '#dashboard/filter/parse-filter.ts';
import type { Row } from '#dashboard/screen.ts';
import { dataFolder, publish, reading } from '../store/snapshots.ts';

const COLUMNS = [
  { key: 'name', title: 'Name' },
  { key: 'used', title: 'Last used' },
  { key: 'owner', title: 'Owner' },
];
const KEYS = COLUMNS.map(({ key }) => key);

const ROWS: readonly Row[] = [
  { key: '1', name: 'deploy', used: '2026-01-01', owner: 'Payments' },
  { key: '2', name: 'backup job', used: null, owner: 'platform' },
  { key: '3', name: 'arn:aws:iam::1:role/x', used: 'never', owner: null },
];

const found = (text: string): string[] => {
  const filter = parseFilter(text, COLUMNS);
  return ROWS.filter((row) => passes(row, filter, KEYS)).map(({ key }) => key);
};

describe('the filter', () => {
  it('lets everything through when it is empty', () => {
    expect(found('')).toEqual(['1', '2', '3']);
    expect(found('   ')).toEqual(['1', '2', '3']);
  });

  it('finds a word in any column, whatever its case', () => {
    expect(found('PAYMENTS')).toEqual(['1']);
    expect(found('never')).toEqual(['3']);
  });

  it('wants every word', () => {
    expect(found('backup platform')).toEqual(['2']);
    expect(found('backup payments')).toEqual([]);
  });

  it('leaves out what has an inverse word', () => {
    expect(found('!platform')).toEqual(['1', '3']);
    expect(found('!owner:platform !name:deploy')).toEqual(['3']);
  });

  it('looks in one column, by its key or its title', () => {
    expect(found('owner:platform')).toEqual(['2']);
    expect(found('name:platform')).toEqual([]);
    expect(found('OWNER:pay')).toEqual(['1']);
  });

  it('takes what is in quotation marks as one text', () => {
    expect(found('"backup job"')).toEqual(['2']);
    expect(found('name:"p j"')).toEqual(['2']);
    expect(found('!"backup job"')).toEqual(['1', '3']);
  });

  it('takes a word before a colon that names no column as text, and says so', () => {
    expect(found('arn:aws')).toEqual(['3']);
    expect(parseFilter('arn:aws', COLUMNS).unknownColumns).toEqual(['arn']);
    expect(parseFilter('owner:aws', COLUMNS).unknownColumns).toEqual([]);
  });

  it('explains what it cannot understand, and uses the rest', () => {
    expect(parseFilter('deploy "open', COLUMNS)).toMatchObject({
      terms: [{ text: 'deploy' }],
      problem: 'the quotation mark in "open is not closed',
    });
    expect(parseFilter('!', COLUMNS)).toMatchObject({ terms: [], problem: '! has no text to look for' });
    expect(parseFilter('owner:', COLUMNS)).toMatchObject({
      terms: [],
      problem: 'owner: has no text to look for in owner',
    });
  });

  it('gives the same rows in SQL as here, whatever is typed', async () => {
    const folder = await dataFolder();
    await publish(folder);
    await reading(folder, async (snapshot) => {
      const values = ROWS.map((row) => `(${['key', ...KEYS].map((key) => literal(row[key])).join(', ')})`);
      const select = `SELECT * FROM (VALUES ${values.join(', ')}) AS v(key, name, used, owner)`;
      const word = fc.constantFrom(
        'deploy',
        'owner:',
        'name:',
        '!',
        '"',
        ' ',
        'a',
        'P',
        '%',
        '_',
        "'",
        'role/',
        '\\',
        'ß',
      );
      await fc.assert(
        fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
          const text = words.join('');
          const { sql, params } = filterSql(parseFilter(text, COLUMNS), KEYS);
          const rows = await snapshot.all<Row>(
            `SELECT key FROM (${select}) WHERE ${sql} ORDER BY key`,
            params,
          );
          expect(rows.map(({ key }) => key)).toEqual(found(text));
        }),
        { numRuns: 60 },
      );
    });
  });
});

function literal(value: Row[string] | undefined): string {
  return value === null || value === undefined ? 'NULL' : `'${String(value)}'`;
}
