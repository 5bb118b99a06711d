import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { dataFolder, publish, stage } from './snapshots.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that holds a staging file open for writing, under a name that says it belongs to `pid`. */
async function writerWithName(dataDir: string, name: string): Promise<ChildProcess> {
  const script = `
    import { DuckDBInstance } from '@duckdb/node-api';
    globalThis.instance = await DuckDBInstance.create(process.argv[1]);
    setInterval(() => {}, 1000);
    console.log('open');`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, join(dataDir, 'staging', name)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function startScan(dataDir: string): Promise<string[]> {
  const staged = await stage(dataDir);
  await staged.discard();
  return (await readdir(join(dataDir, 'staging'))).toSorted();
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the start of a scan', () => {
  it('removes everything that a killed scan left', async () => {
    const dataDir = await dataFolder();
    await mkdir(join(dataDir, 'staging'), { recursive: true });
    const child = await writerWithName(dataDir, `x-1.${await deadPid()}.duckdb`);
    await killed(child);
    const [name = ''] = await readdir(join(dataDir, 'staging'));
    await writeFile(join(dataDir, 'staging', `${name}.wal`), 'half a log');
    await mkdir(join(dataDir, 'staging', `${name}.tmp`));
    await writeFile(join(dataDir, 'staging', `${name}.tmp`, 'spilled'), '');
    expect(await startScan(dataDir)).toEqual([]);
  });

  it('leaves the file of a living scan alone, even where its process number seems dead or this one', async () => {
    const dataDir = await dataFolder();
    await mkdir(join(dataDir, 'staging'), { recursive: true });
    const names = [`x-1.${await deadPid()}.duckdb`, `x-2.${process.pid}.duckdb`];
    for (const name of names) await writerWithName(dataDir, name);
    expect(await startScan(dataDir)).toEqual(expect.arrayContaining(names));
    for (const child of children.splice(0)) await killed(child);
    expect(await startScan(dataDir)).toEqual([]);
  });

  it('leaves the files of a living process alone while none of them is locked', async () => {
    const dataDir = await dataFolder();
    await mkdir(join(dataDir, 'staging'), { recursive: true });
    const name = `x-1.${process.ppid}.duckdb`;
    await writeFile(join(dataDir, 'staging', name), '');
    expect(await startScan(dataDir)).toEqual([name]);
  });

  it('leaves other scans of this process alone, and files that are not its own', async () => {
    const dataDir = await dataFolder();
    const other = await stage(dataDir);
    await writeFile(join(dataDir, 'staging', 'notes.txt'), '');
    const files = await startScan(dataDir);
    expect(files).toContain('notes.txt');
    expect(files.some((name) => name.startsWith(other.id))).toBe(true);
    await other.discard();
  });

  it('removes what a killed reader spilled, and not what a living one may', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir);
    const snapshot = await openSnapshot(dataDir);
    const [row] = await snapshot.all<{ value: string }>(
      `SELECT value FROM duckdb_settings() WHERE name = 'temp_directory'`,
    );
    await mkdir(row?.value ?? '');
    await mkdir(join(dataDir, 'staging', `read-1.${await deadPid()}.duckdb.tmp`));
    expect(await startScan(dataDir)).toEqual([row?.value.split('/').at(-1)]);
    await snapshot.close();
    expect(await startScan(dataDir)).toEqual([]);
  });

  it('removes files that were cut in the middle of being made', async () => {
    const dataDir = await dataFolder();
    await mkdir(join(dataDir, 'staging'), { recursive: true });
    for (const [index, content] of ['', 'x', 'DUCK'.repeat(2000)].entries()) {
      await writeFile(join(dataDir, 'staging', `x-${index}.${await deadPid()}.duckdb`), content);
    }
    expect(await startScan(dataDir)).toEqual([]);
  });
});
