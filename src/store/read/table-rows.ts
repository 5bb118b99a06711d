import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { Params, Reader } from '../reader.ts';
import { modelColumns, sqlTable } from '../tables.ts';

/** Which rows of a table, as a SQL condition over its columns. */
export interface RowFilter {
  readonly where?: string;
  readonly params?: Params;
}

/** A table's rows as the model has them, in batches, in the order in which they were written. */
export function tableRows<T extends TableName>(
  reader: Pick<Reader, 'stream'>,
  table: T,
  { where, params }: RowFilter = {},
): AsyncIterable<SnapshotRecords[T][]> {
  const fields = modelColumns(table)
    .map((column) => `"${column.name}" AS "${column.field}"`)
    .join(', ');
  return reader.stream(
    `SELECT ${fields} FROM ${sqlTable(table).name} ${where === undefined ? '' : `WHERE ${where}`}`,
    params,
  );
}
