import type { SnapshotRecords, TableName } from '#model/record.ts';

/**
 * Values for `$name` in a statement; those that it does not name are left out. `as_of` is bound as a TIMESTAMP, every
 * other text as VARCHAR.
 */
export type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * Runs read-only statements. Rows are plain objects by column name: timestamps as RFC 3339 in UTC, JSON columns
 * parsed, lists as arrays, integers as numbers (as decimal strings beyond 2^53).
 */
export interface Reader {
  /**
   * Every row. Throws StoreError with DuckDB's message where the statement does not fit, and where `signal` stops it.
   */
  readonly all: <Row extends object = Record<string, unknown>>(
    sql: string,
    params?: Params,
    signal?: AbortSignal,
  ) => Promise<Row[]>;
  /** Row by row in batches, for answers that are larger than memory likes. */
  readonly stream: <Row extends object = Record<string, unknown>>(
    sql: string,
    params?: Params,
  ) => AsyncIterable<Row[]>;
}

/** What is kept for a while, and under which name. */
export interface Kept {
  readonly name: string;
  readonly select: string;
  readonly params?: Params;
}

/** A snapshot that is being written: nobody else sees it until it is published. */
export interface Staging extends Reader {
  /** Appends rows, yielding to the event loop between chunks. Every later statement sees them. */
  readonly write: <T extends TableName>(table: T, rows: readonly SnapshotRecords[T][]) => Promise<void>;
  /** `INSERT INTO table (columns) select`; the number of rows. All or nothing; `signal` stops it with a StoreError. */
  readonly insertSelect: (
    table: TableName,
    columns: readonly string[],
    select: string,
    params?: Params,
    signal?: AbortSignal,
  ) => Promise<number>;
  /**
   * Does `work` while the table `scratch.<name>` holds what `select` gives, for statements that ask for it more than once.
   * It is never part of the snapshot. `signal` stops the making of the table with a StoreError.
   */
  readonly keeping: <T>(kept: Kept, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** Sets one column of the rows that `select` names, as `row` (their rowid), to its `value`. All or nothing. */
  readonly update: (table: TableName, column: string, select: string, params?: Params) => Promise<number>;
}
