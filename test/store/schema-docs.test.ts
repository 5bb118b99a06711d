import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '#store/tables.ts';
import { VIEWS } from '#store/views.ts';
import { schemaDocs } from '#tooling/schema-docs.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

describe('docs/schema.md', () => {
  it('is what the schema says: run npm run generate where it is not', () => {
    expect(readFileSync('docs/schema.md', 'utf8')).toBe(schemaDocs());
  });

  it('describes every table, view and column that a snapshot has', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir);
    const columns = await reading(dataDir, ({ all }) =>
      all<{ table: string; column: string; type: string }>(
        `SELECT table_name AS table, column_name AS column, data_type AS type FROM duckdb_columns() WHERE NOT internal`,
      ),
    );
    const text = schemaDocs();
    expect(new Set(columns.map(({ table }) => table)).size).toBe(TABLE_NAMES.length + VIEWS.length + 1);
    for (const { table, column, type } of columns) {
      const part = text.split(`\n### ${table}\n`)[1]?.split('\n### ')[0] ?? '';
      const row = part.split('\n').find((line) => line.startsWith(`| \`${column}\` | ${type}`)) ?? '';
      expect(row.split(' | ')[2] ?? '', `${table}.${column}`).toMatch(/\w/u);
    }
  });
});
