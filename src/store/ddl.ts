import { SNAPSHOT, sqlTable, TABLE_NAMES, type SqlTable } from './tables.ts';
import { VIEWS } from './views.ts';

/** The statements that lay out an empty snapshot, in order. */
export function ddl(): string[] {
  return [
    ...[SNAPSHOT, ...TABLE_NAMES.map(sqlTable)].map(createTable),
    ...VIEWS.map(({ name, sql }) => `CREATE VIEW ${name} AS ${sql}`),
  ];
}

function createTable({ name, columns }: SqlTable): string {
  const lines = columns.map(
    (column) => `"${column.name}" ${column.type}${column.nullable ? '' : ' NOT NULL'}`,
  );
  return `CREATE TABLE ${name} (${lines.join(', ')})`;
}
