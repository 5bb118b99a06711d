import { totalmem } from 'node:os';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';

/** DuckDB's module. It takes 0.3 s to load, so only who really opens a snapshot pays for it. */
export type DuckDb = typeof import('@duckdb/node-api');

/** An open database file. */
export interface Database {
  readonly duckdb: DuckDb;
  /** A new connection: it has its own transaction and its own results. Throws once the database is closed. */
  readonly connect: () => Promise<DuckDBConnection>;
  /** What runs goes on to its end. */
  readonly close: () => void;
}

/** How to open a file. */
export interface DatabaseOptions {
  readonly access: 'READ_ONLY' | 'READ_WRITE';
  /** Where DuckDB puts what does not fit into memory: a folder of this opening alone, made when it is needed. */
  readonly spillDir: string;
  /** More files to read beside it, by the name that statements give before their tables: `baseline.identities`. */
  readonly attach?: Readonly<Record<string, string>>;
  /** Whether there is an empty database `scratch` beside it, which ends with it. */
  readonly scratch?: boolean;
  /** Whether somebody looks at it for hours: little memory, and what is done with goes back at once. */
  readonly browsed?: boolean;
}

/** What DuckDB may use before it spills: half the machine or container at most. The scan's own memory comes on top. */
const AVAILABLE_MB = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20;
const MEMORY_LIMIT_MB = Math.round(Math.min(1024, AVAILABLE_MB / 2));

/** Of what is browsed; what does not fit is spilt. */
const BROWSING_LIMIT_MB = 256;

/** What queries are done with goes back to the system at once: else a third more memory stays with the process. */
const GIVEN_BACK_SOON = {
  allocator_flush_threshold: '8MiB',
  allocator_bulk_deallocation_flush_threshold: '8MiB',
  allocator_background_threads: 'true',
} as const;

/**
 * Opens a file with everything off that would let a statement reach beyond it: other files, extensions, settings.
 * Throws DuckDB's error.
 */
export async function openDatabase(
  file: string,
  { access, spillDir, attach = {}, scratch = false, browsed = false }: DatabaseOptions,
): Promise<Database> {
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(file, {
    access_mode: access,
    memory_limit: `${browsed ? Math.min(BROWSING_LIMIT_MB, MEMORY_LIMIT_MB) : MEMORY_LIMIT_MB}MiB`,
    // Only snapshots in the making are written, and nobody recovers those: one checkpoint, when they are published.
    checkpoint_threshold: '1GiB',
    // Before enable_external_access, which forbids to change it.
    temp_directory: spillDir,
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    ...(browsed ? GIVEN_BACK_SOON : {}),
  });
  try {
    await lockDown(instance, attach, scratch);
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  let open = true;
  return {
    duckdb,
    async connect() {
      if (!open) throw new StoreError('the snapshot is closed');
      return instance.connect();
    },
    close() {
      open = false;
      instance.closeSync();
    },
  };
}

/** Attaches what is read beside the file, then ends all access to files. The time zone cannot be among the options. */
async function lockDown(
  instance: DuckDBInstance,
  attach: Readonly<Record<string, string>>,
  scratch: boolean,
): Promise<void> {
  const connection = await instance.connect();
  try {
    if (scratch) await connection.run(`ATTACH ':memory:' AS scratch (READ_WRITE)`);
    for (const [name, file] of Object.entries(attach)) {
      await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${name} (READ_ONLY)`);
    }
    await connection.run('SET GLOBAL enable_external_access = false');
    await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
    await connection.run(`SET GLOBAL lock_configuration = true`);
  } finally {
    connection.disconnectSync();
  }
}
