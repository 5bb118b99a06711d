import { csvTable } from '#reports/csv/table.ts';
import { print, type Io } from '../io.ts';
import { paintFor } from './colour.ts';
import { renderTable, type Column } from './table.ts';
import { widthOf } from './width.ts';

export const ROW_FORMATS = ['table', 'json', 'csv', 'ndjson'] as const;

export type RowFormat = (typeof ROW_FORMATS)[number];

/** How a command shows its rows. */
export interface RowView<Row> {
  readonly columns: readonly Column<Row>[];
  readonly format: RowFormat;
  readonly colour: boolean;
  /** Printed instead of an empty table. */
  readonly empty: string;
}

/** Prints rows: a table for people, or every field of every row for programs. */
export async function printRows<Row extends object>(
  io: Io,
  rows: readonly Row[],
  view: RowView<Row>,
): Promise<void> {
  switch (view.format) {
    case 'json':
      return print(io, `${JSON.stringify(rows, null, 2)}\n`);
    case 'ndjson':
      return print(io, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    case 'csv':
      return print(io, toCsv(rows));
    case 'table': {
      if (rows.length === 0) return print(io, `${view.empty}\n`);
      return print(io, renderTable(rows, view.columns, widthOf(io), paintFor(io, 'stdout', view.colour)));
    }
  }
}

function toCsv(rows: readonly object[]): string {
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return '';
  const cells = rows.map((row) => new Map(Object.entries(row)));
  return csvTable(
    names,
    cells.map((row) => names.map((name) => cellOf(row.get(name)))),
  );
}

/** A value as one cell: nothing for null, JSON for what has structure. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
