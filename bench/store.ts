import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { ddl } from '#store/ddl.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { BenchLine } from './bench-line.ts';
import { storeRows } from './store-rows.ts';

const duckdb = await import('@duckdb/node-api');
const AT = '2026-03-01T12:00:00.000Z';
const COUNT = 60_000;
const SINGLE_INSERTS = 1500;
const ROUNDS = 5;

type Rows = ReturnType<typeof storeRows>;

/**
 * Writes the same rows in three ways: as a snapshot from its start to its publishing, by a bare loop over chunks up to
 * the checkpoint, and by prepared inserts. Each way counts with its best round, the one that was disturbed least.
 */
export async function run(): Promise<BenchLine[]> {
  const rows = storeRows(COUNT, 20260301);
  const few = storeRows(SINGLE_INSERTS / 3, 20260301);
  const best = { ours: 0, bare: 0, single: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.ours = Math.max(best.ours, await rate(rows, ownWriter));
    best.bare = Math.max(best.bare, await rate(rows, bareLoop));
    best.single = Math.max(best.single, await rate(few, singleInserts));
  }
  const line = (name: string, value: number, limit: number): BenchLine => ({
    name,
    value,
    limit,
    better: 'higher',
    unit: '×',
  });
  return [
    line('snapshot writer / bare chunk loop', best.ours / best.bare, 0.7),
    line('snapshot writer / prepared single inserts', best.ours / best.single, 20),
  ];
}

/** Rows per second. */
async function rate(rows: Rows, write: (rows: Rows, folder: string) => Promise<void>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  try {
    const start = performance.now();
    await write(rows, folder);
    return (rows.identities.length + rows.grants.length) / ((performance.now() - start) / 1000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ownWriter({ identities, grants }: Rows, folder: string): Promise<void> {
  const staged = await createSnapshot(folder, { asOf: AT, startedAt: AT, toolVersion: 'bench' });
  await staged.write('identities', identities);
  await staged.write('grants', grants);
  await staged.publish(AT);
}

async function bareLoop({ identities, grants }: Rows, folder: string): Promise<void> {
  await inDatabase(folder, async (connection) => {
    await appendAll(connection, 'identities', IDENTITY_TYPES, identities, identityValues);
    await appendAll(connection, 'grants', GRANT_TYPES, grants, grantValues);
    await connection.run('CHECKPOINT');
  });
}

async function appendAll<Row>(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  rows: readonly Row[],
  values: (row: Row) => DuckDBValue[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (let start = 0; start < rows.length; start += 2048) {
    const chunk = duckdb.DuckDBDataChunk.create(types);
    chunk.setRows(rows.slice(start, start + 2048).map(values));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function singleInserts({ identities, grants }: Rows, folder: string): Promise<void> {
  await inDatabase(folder, async (connection) => {
    await insertAll(connection, 'identities', IDENTITY_TYPES, identities, identityValues);
    await insertAll(connection, 'grants', GRANT_TYPES, grants, grantValues);
  });
}

async function insertAll<Row>(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  rows: readonly Row[],
  values: (row: Row) => DuckDBValue[],
): Promise<void> {
  const places = types.map((_, index) => `$${index + 1}`).join(', ');
  const statement = await connection.prepare(`INSERT INTO ${table} VALUES (${places})`);
  for (const row of rows) {
    statement.bind(values(row), [...types]);
    await statement.run();
  }
}

/** The same tables, without the hash that the writer adds. */
async function inDatabase(
  folder: string,
  work: (connection: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const instance = await duckdb.DuckDBInstance.create(join(folder, 'bare.duckdb'));
  const connection = await instance.connect();
  for (const statement of ddl()) await connection.run(statement);
  for (const table of ['identities', 'grants'])
    await connection.run(`ALTER TABLE ${table} DROP COLUMN content_hash`);
  await work(connection);
  connection.disconnectSync();
  instance.closeSync();
}

const { VARCHAR, BOOLEAN, TIMESTAMP } = duckdb;
const texts = (count: number): DuckDBType[] => Array.from({ length: count }, () => VARCHAR);
const IDENTITY_TYPES = [...texts(8), BOOLEAN, TIMESTAMP, ...texts(4)];
const GRANT_TYPES = [...texts(10), TIMESTAMP, VARCHAR];

function identityValues(row: Identity): DuckDBValue[] {
  const {
    uid,
    system,
    scopeUid,
    kind,
    name,
    class: nature,
    classReason,
    managedBy,
    enabled,
    environment,
  } = row;
  const created = row.createdAt === null ? null : timestamp(row.createdAt);
  const head = [uid, system, scopeUid, kind, name, nature, classReason, managedBy, enabled, created];
  return [...head, JSON.stringify(row.tags), environment, row.providerId, JSON.stringify(row.raw)];
}

function grantValues(row: Grant): DuckDBValue[] {
  const { uid, system, scopeUid, principalUid, principalKind, roleUid, kind, state, resourceUid } = row;
  const condition = row.condition === null ? null : JSON.stringify(row.condition);
  const created = row.createdAt === null ? null : timestamp(row.createdAt);
  const head = [
    uid,
    system,
    scopeUid,
    principalUid,
    principalKind,
    roleUid,
    kind,
    state,
    condition,
    resourceUid,
  ];
  return [...head, created, JSON.stringify(row.raw)];
}

function timestamp(instant: string): DuckDBValue {
  return new duckdb.DuckDBTimestampValue(BigInt(Date.parse(instant)) * 1000n);
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, limit } of await run()) {
    const good = value >= limit;
    process.stdout.write(`${name} ${value.toFixed(2)} ${limit} ${good ? 'ok' : 'FAIL'}\n`);
    if (!good) process.exitCode = 1;
  }
}
