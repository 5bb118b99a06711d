import type { TableName } from '#model/record.ts';
import { sqlTable, TABLE_NAMES } from './tables.ts';
import { VIEWS } from './views.ts';

/** The statements that lay out an empty snapshot, in order. */
export function ddl(): string[] {
  return [
    ...TABLE_NAMES.map(createTable),
    `CREATE TABLE snapshot (
      id VARCHAR NOT NULL, schema_version BIGINT NOT NULL, as_of TIMESTAMP NOT NULL, started_at TIMESTAMP NOT NULL,
      finished_at TIMESTAMP, tool_version VARCHAR NOT NULL)`,
    ...VIEWS.map((view) => `CREATE VIEW ${view.name} AS ${view.sql}`),
  ];
}

function createTable(table: TableName): string {
  const { name, columns, hashed } = sqlTable(table);
  const lines = columns.map(
    (column) => `"${column.name}" ${column.type}${column.nullable ? '' : ' NOT NULL'}`,
  );
  if (hashed) lines.push('content_hash UBIGINT NOT NULL');
  return `CREATE TABLE ${name} (${lines.join(', ')})`;
}
