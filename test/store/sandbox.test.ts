import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '#model/errors.ts';
import type { Reader } from '#store/reader.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import type { StagedSnapshot } from '#store/write/create-snapshot.ts';
import { identity } from './records.ts';
import { dataFolder, publish, stage } from './snapshots.ts';

let dataDir = '';
let snapshot: Snapshot;
let staged: StagedSnapshot;

beforeAll(async () => {
  dataDir = await dataFolder();
  await publish(dataDir, { identities: [identity('a')] });
  snapshot = await openSnapshot(dataDir);
  staged = await stage(dataDir);
  await staged.write('identities', [identity('a')]);
});

afterAll(async () => {
  await snapshot.close();
  await staged.discard();
});

const readers = (): readonly Reader[] => [snapshot, staged];

describe('a statement', () => {
  it.each([
    `SELECT * FROM read_text('/etc/passwd')`,
    `SELECT * FROM read_blob('/etc/passwd')`,
    `SELECT * FROM read_csv('/etc/passwd')`,
    `SELECT * FROM read_json('/proc/self/environ')`,
    `SELECT * FROM sniff_csv('/etc/passwd')`,
    `SELECT * FROM parquet_metadata('/etc/passwd')`,
    `SELECT * FROM glob('/etc/*')`,
    `SELECT * FROM '/etc/passwd'`,
    `SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')`,
    `SELECT getenv('HOME')`,
    `SELECT * FROM read_text('https://example.com/')`,
  ])('cannot read outside the snapshot: %s', async (sql) => {
    for (const reader of readers()) await expect(reader.all(sql)).rejects.toThrow(StoreError);
  });

  it.each([
    `INSERT INTO identities SELECT * FROM identities`,
    `DELETE FROM identities`,
    `UPDATE identities SET name = 'x'`,
    `TRUNCATE identities`,
    `DROP TABLE identities`,
    `ALTER TABLE identities ADD COLUMN x INTEGER`,
    `CREATE TABLE x AS SELECT 1 AS y`,
    `CREATE TEMP TABLE x AS SELECT 1 AS y`,
    `CREATE MACRO one() AS 1`,
    `ATTACH ':memory:' AS other`,
    `ATTACH '/nowhere/other.duckdb'`,
    `DETACH memory`,
    `USE temp`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
    `SET threads = 1`,
    `SET enable_external_access = true`,
    `RESET lock_configuration`,
    `SET VARIABLE x = 1`,
    `PRAGMA database_size; SELECT 1`,
    `CHECKPOINT`,
    `VACUUM`,
    `BEGIN`,
    `CALL pragma_version()`,
    `COPY identities TO '/nowhere/out.csv'`,
    `EXPORT DATABASE '/nowhere/out'`,
    `IMPORT DATABASE '/nowhere/out'`,
    `PREPARE x AS SELECT 1`,
    `SELECT 1; DELETE FROM identities`,
    `SELECT 1; SELECT 2`,
    ``,
    `-- nothing`,
  ])('cannot change anything: %s', async (sql) => {
    for (const reader of readers()) {
      await expect(reader.all(sql)).rejects.toThrow(StoreError);
      await expect(reader.stream(sql)[Symbol.asyncIterator]().next()).rejects.toThrow(StoreError);
      expect(await reader.all('SELECT name FROM identities')).toEqual([{ name: 'a' }]);
    }
  });

  it('cannot write by a function that writes files, nor through the folder for what spills', async () => {
    const spill = await snapshot.all<{ value: string }>(
      `SELECT value FROM duckdb_settings() WHERE name = 'temp_directory'`,
    );
    const folder = spill[0]?.value ?? '';
    expect(folder).toContain(join(dataDir, 'staging'));
    const outside = join(dataDir, 'secret.txt');
    await mkdir(folder);
    await writeFile(outside, 'secret');
    await expect(snapshot.all(`SELECT * FROM read_text('${folder}/../../secret.txt')`)).rejects.toThrow(
      StoreError,
    );
    await expect(snapshot.all(`COPY identities TO '${folder}/out.csv'`)).rejects.toThrow(StoreError);
    expect(existsSync(join(folder, 'out.csv'))).toBe(false);
  });

  it.each([
    'SELECT uid FROM identities',
    'FROM identities SELECT uid',
    'WITH x AS (SELECT uid FROM identities) SELECT uid FROM x',
    'SELECT uid FROM identities; -- with a comment behind it',
  ])('may read: %s', async (sql) => {
    for (const reader of readers()) expect(await reader.all(sql)).toEqual([{ uid: 'a' }]);
  });

  it.each(['DESCRIBE identities', 'SUMMARIZE identities', 'SHOW TABLES', 'EXPLAIN SELECT 1', 'VALUES (1)'])(
    'may ask about the schema: %s',
    async (sql) => {
      for (const reader of readers()) expect((await reader.all(sql)).length).toBeGreaterThan(0);
    },
  );
});
