import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { Coverage } from '#model/scope.ts';
import type { Instant } from '#model/system.ts';
import type { Database } from '../database.ts';
import { interruptible } from '../interruptible.ts';
import { statementReader } from '../read/statement-reader.ts';
import type { Staging } from '../reader.ts';
import { prepare, storeError } from '../statement.ts';
import { sqlTable } from '../tables.ts';
import type { Transient } from '../transient.ts';
import { dropRepeatedUids } from './duplicates.ts';
import { publishFile } from './publish.ts';
import { openRowWriter } from './row-writer.ts';

/** A snapshot that is being written, and how that ends. */
export interface StagedSnapshot extends Staging {
  readonly id: string;
  /**
   * Puts everything written so far where statements see it; of rows with the same uid in one table the first stays,
   * and coverage says what was dropped. Every read does it by itself.
   */
  readonly settle: () => Promise<void>;
  /** Settles, and makes the snapshot complete, durable and visible to readers, in one step. */
  readonly publish: (finishedAt: Instant) => Promise<void>;
  /** Removes every trace. Does nothing when called again or after `publish`. */
  readonly discard: () => Promise<void>;
}

/** An empty snapshot in its staging file. */
export interface Blank {
  readonly id: string;
  readonly database: Database;
  readonly connection: DuckDBConnection;
  readonly transient: Transient;
  /** Where it is published. */
  readonly target: string;
}

/** The handle of an empty snapshot; it owns the connection, the database and the files. */
export function stagedSnapshot({ id, database, connection, transient, target }: Blank): StagedSnapshot {
  const reader = statementReader(database);
  const writer = openRowWriter(database.duckdb, connection);
  let state: 'open' | 'closed' | 'published' = 'open';

  async function settle(): Promise<void> {
    assertOpen();
    const repeated: Coverage[] = [];
    for (const table of await writer.commit()) {
      repeated.push(...(await writer.exclusively(() => dropRepeatedUids(reader, connection, table))));
    }
    if (repeated.length === 0) return;
    await writer.write('coverage', repeated);
    await writer.commit();
  }

  function assertOpen(): void {
    if (state !== 'open') throw new StoreError(`snapshot ${id} is no longer being written`);
  }

  async function close(): Promise<void> {
    if (state !== 'open') return;
    state = 'closed';
    await writer.close();
    database.close();
  }

  return {
    id,
    settle: () => withStoreErrors(settle),
    write: (table, rows) =>
      withStoreErrors(() => {
        assertOpen();
        return writer.write(table, rows);
      }),
    async all(sql, params, signal) {
      await withStoreErrors(settle);
      return reader.all(sql, params, signal);
    },
    async *stream(sql, params) {
      await withStoreErrors(settle);
      yield* reader.stream(sql, params);
    },
    async insertSelect(table, columns, select, params = {}, signal) {
      await withStoreErrors(settle);
      const names = columns.map((column) => `"${column}"`).join(', ');
      const sql = `INSERT INTO ${sqlTable(table).name} (${names}) ${select}`;
      return writer.exclusively(() =>
        interruptible(connection, signal, async () => {
          const { INSERT } = database.duckdb.StatementType;
          const statement = await prepare(database.duckdb, connection, [INSERT], sql, params);
          return (await statement.run()).rowsChanged;
        }),
      );
    },
    async keeping({ name, select, params = {} }, work, signal) {
      await withStoreErrors(settle);
      const { CREATE } = database.duckdb.StatementType;
      const table = `scratch."${name}"`;
      await writer.exclusively(() =>
        interruptible(connection, signal, async () => {
          const sql = `CREATE TABLE ${table} AS ${select}`;
          await (await prepare(database.duckdb, connection, [CREATE], sql, params)).run();
        }),
      );
      try {
        return await work();
      } finally {
        await writer.exclusively(() => connection.run(`DROP TABLE ${table}`));
      }
    },
    async update(table, column, select, params = {}) {
      await withStoreErrors(settle);
      const { name } = sqlTable(table);
      const sql = `UPDATE ${name} SET "${column}" = said.value FROM (${select}) said WHERE ${name}.rowid = said.row`;
      return writer.exclusively(() =>
        withStoreErrors(async () => {
          const { UPDATE } = database.duckdb.StatementType;
          const statement = await prepare(database.duckdb, connection, [UPDATE], sql, params);
          return (await statement.run()).rowsChanged;
        }),
      );
    },
    publish: (finishedAt) =>
      withStoreErrors(async () => {
        await settle();
        await writer.exclusively(async () => {
          await connection.run('UPDATE snapshot SET finished_at = $finishedAt', { finishedAt });
          await connection.run('CHECKPOINT');
        });
        await close();
        await publishFile(transient.file, target);
        state = 'published';
        await discardFiles(transient);
      }),
    async discard() {
      if (state === 'published') return;
      await close();
      await discardFiles(transient);
    },
  };
}

/** Removes the staging file and everything beside it that DuckDB may have left. */
export async function discardFiles({ file, spillDir, release }: Transient): Promise<void> {
  for (const path of [file, `${file}.wal`, spillDir]) await rm(path, { force: true, recursive: true });
  release();
}

async function withStoreErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}
