import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { Instant } from '#model/system.ts';
import { openDatabase } from '../database.ts';
import type { Params, Reader } from '../reader.ts';
import { sqlTable } from '../tables.ts';
import { readerOf } from './run.ts';

/** What a snapshot says about itself. */
export interface SnapshotInfo {
  readonly id: string;
  readonly asOf: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly toolVersion: string;
}

/** Which rows of a table, as a SQL condition over its columns. */
export interface RowFilter {
  readonly where?: string;
  readonly params?: Params;
}

/** A published snapshot, open for reading. */
export interface Snapshot extends Reader {
  readonly info: SnapshotInfo;
  /** The table's rows as model records, in batches; everything where no filter is given. */
  readonly rows: <T extends TableName>(table: T, filter?: RowFilter) => AsyncIterable<SnapshotRecords[T][]>;
  /** A second time does nothing. */
  readonly close: () => void;
}

/** Opens the file of a published snapshot. Throws StoreError where it is none. */
export async function openFile(file: string): Promise<Snapshot> {
  const database = await openDatabase(file, { access: 'READ_ONLY', spillDir: `${file}.tmp` });
  const reader = readerOf(database);
  const [row] = await reader.all<Omit<SnapshotInfo, 'id'> & { id: string }>(
    `SELECT id, as_of AS "asOf", started_at AS "startedAt", finished_at AS "finishedAt", tool_version AS "toolVersion" FROM snapshot`,
  );
  if (row === undefined) throw new Error('no row');
  let open = true;
  return {
    info: row,
    ...reader,
    rows: (table, { where, params } = {}) => {
      const { name, columns } = sqlTable(table);
      const select = columns.map((column) => `"${column.name}" AS "${column.field}"`).join(', ');
      return reader.stream(
        `SELECT ${select} FROM ${name}${where === undefined ? '' : ` WHERE ${where}`}`,
        params,
      );
    },
    close: () => {
      if (open) database.close();
      open = false;
    },
  };
}
