import { interruptible } from '../interruptible.ts';
import { prepare } from '../statement.ts';
import { openThisVersion, type Snapshot } from './open-file.ts';
import { chosenFile } from './open-snapshot.ts';

/** A snapshot that is looked around in: what a select gives can be kept beside it, and asked again and again. */
export interface BrowsedSnapshot extends Snapshot {
  /** Throws StoreError where the select does not fit, and where `signal` stops it. */
  readonly keep: (select: string, signal?: AbortSignal) => Promise<KeptRows>;
}

/** The rows of a select, beside the snapshot and gone with it. */
export interface KeptRows {
  /** The table that they are in, for statements of the snapshot's reader. */
  readonly table: string;
  readonly drop: () => Promise<void>;
}

/** Opens a published snapshot as `openSnapshot` does, to look around in. */
export async function openToBrowse(dataDir: string, which?: string): Promise<BrowsedSnapshot> {
  const { database, ...snapshot } = await openThisVersion(await chosenFile(dataDir, which), {
    scratch: true,
    browsed: true,
  });
  let made = 0;
  return {
    ...snapshot,
    async keep(select, signal) {
      made += 1;
      const table = `scratch.kept_${made}`;
      const connection = await database.connect();
      try {
        await interruptible(connection, signal, async () => {
          const { CREATE } = database.duckdb.StatementType;
          const sql = `CREATE TABLE ${table} AS ${select}`;
          await (await prepare(database.duckdb, connection, [CREATE], sql, {})).run();
        });
      } finally {
        connection.disconnectSync();
      }
      return {
        table,
        async drop() {
          const dropping = await database.connect();
          await dropping.run(`DROP TABLE ${table}`);
          dropping.disconnectSync();
        },
      };
    },
  };
}
