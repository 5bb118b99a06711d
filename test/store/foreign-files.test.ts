import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { StoreError } from '#model/errors.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openPrevious, openSnapshot } from '#store/read/open-snapshot.ts';
import { pruneSnapshots } from '#store/write/prune-snapshots.ts';
import { identity } from './records.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

/** Newer than the good snapshot, so that it is the latest. */
const BAD = '20270101T000000Z-bad000';

async function folderWith(
  make: (file: string, good: string) => unknown,
): Promise<{ dataDir: string; good: string }> {
  const dataDir = await dataFolder();
  const good = await publish(dataDir, { identities: [identity('a')] });
  await make(join(dataDir, 'snapshots', `${BAD}.duckdb`), join(dataDir, 'snapshots', `${good}.duckdb`));
  return { dataDir, good };
}

async function database(file: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

async function changed(file: string, statement: string, good: string): Promise<void> {
  await copyFile(good, file);
  await chmod(file, 0o600);
  await database(file, statement);
}

const CASES: readonly [string, string, (file: string, good: string) => unknown][] = [
  ['an empty file', 'it is empty', (file) => writeFile(file, '')],
  ['a text file', 'it is not a DuckDB database', (file) => writeFile(file, 'hello '.repeat(5000))],
  ['a file of four bytes', 'it is not a DuckDB database', (file) => writeFile(file, 'DUCK')],
  [
    'a SQLite file',
    'it is not a DuckDB database',
    (file) => writeFile(file, `SQLite format 3\0${'x'.repeat(9000)}`),
  ],
  ['a folder', 'it is a folder', (file) => mkdir(file)],
  ['a pipe', 'it is not a regular file', (file) => execFileSync('mkfifo', [file])],
  [
    'a DuckDB file of something else',
    'something else',
    (file) => database(file, 'CREATE TABLE x AS SELECT 1 AS y'),
  ],
  [
    'a file without its last byte',
    'it is cut short',
    async (file, good) => {
      await copyFile(good, file);
      await truncate(file, (await readFile(good)).length - 1);
    },
  ],
  [
    'a file cut in the middle',
    'it is cut short',
    async (file, good) => {
      await copyFile(good, file);
      await truncate(file, 300_000);
    },
  ],
  [
    'a file cut in its head',
    'it is cut short',
    async (file, good) => {
      await copyFile(good, file);
      await truncate(file, 4096);
    },
  ],
  [
    'a damaged head',
    'it is damaged',
    async (file, good) => {
      const bytes = await readFile(good);
      bytes.fill(0xff, 100, 200);
      await writeFile(file, bytes);
    },
  ],
  [
    'a snapshot of a later schema version',
    'has schema version 999, written by nhi 1.2.3; this one reads version 1',
    (file, good) => changed(file, 'UPDATE snapshot SET schema_version = 999', good),
  ],
  [
    'a scan that did not end',
    'its scan did not end',
    (file, good) => changed(file, 'UPDATE snapshot SET finished_at = NULL', good),
  ],
  [
    'a snapshot with nothing about itself',
    'its scan did not end',
    (file, good) => changed(file, 'DELETE FROM snapshot', good),
  ],
  [
    'another thing called snapshot',
    'something else',
    (file) => database(file, 'CREATE TABLE snapshot AS SELECT 1 AS id'),
  ],
];

describe('a foreign file in the place of a snapshot', () => {
  it.each(CASES)('is named with what was found and what to do: %s', async (_, what, make) => {
    const { dataDir } = await folderWith(make);
    const error = await openSnapshot(dataDir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      message: expect.stringContaining(what),
      hint: expect.stringMatching(/snapshot/u),
    });
    expect(String(error)).toContain(join(dataDir, 'snapshots', `${BAD}.duckdb`));
  });

  it.each(CASES)('is listed with its problem and hides no good one: %s', async (_, what, make) => {
    const { dataDir, good } = await folderWith(make);
    const [bad, ...others] = await listSnapshots(dataDir);
    expect(bad).toMatchObject({ id: BAD, identities: null, problem: expect.stringContaining(what) });
    expect(others).toMatchObject([{ id: good, identities: 1, problem: null }]);
    expect(await reading(dataDir, async ({ info }) => info.id, good)).toBe(good);
    const previous = await openPrevious(dataDir);
    expect(previous?.info.id).toBe(good);
    await previous?.close();
  });

  it('is never pruned, and the newest readable one stays', async () => {
    const { dataDir, good } = await folderWith((file) => writeFile(file, 'hello'));
    expect(await pruneSnapshots(dataDir, { keep: 0 })).toEqual([]);
    expect((await listSnapshots(dataDir)).map(({ id }) => id)).toEqual([BAD, good]);
  });

  it('is pruned where it is an older snapshot of another schema version', async () => {
    const { dataDir, good } = await folderWith((file, path) =>
      changed(file.replace(BAD, '20200101T000000Z-000001'), 'UPDATE snapshot SET schema_version = 0', path),
    );
    expect(await pruneSnapshots(dataDir, { keep: 1 })).toEqual(['20200101T000000Z-000001']);
    expect((await listSnapshots(dataDir)).map(({ id }) => id)).toEqual([good]);
  });

  it('is an error of the statement where only its data are damaged', async () => {
    const { dataDir } = await folderWith(async (file, good) => {
      const bytes = await readFile(good);
      for (let at = 12_288 + 262_144; at < bytes.length - 262_144; at += 512)
        bytes.writeUInt8(bytes.readUInt8(at) ^ 255, at);
      await writeFile(file, bytes);
    });
    const outcome = reading(dataDir, ({ all }) => all('FROM identities'));
    await expect(outcome).rejects.toThrow(StoreError);
    await expect(outcome).rejects.toThrow(/damaged|checksum/u);
  });

  it.skipIf(process.getuid?.() === 0)('says where permission is missing (not as root)', async () => {
    const { dataDir } = await folderWith(async (file, good) => {
      await copyFile(good, file);
      await chmod(file, 0);
    });
    await expect(openSnapshot(dataDir)).rejects.toThrow('permission denied');
  });
});
