import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { withLock, type LockTerms } from '#ledger/lock.ts';
import { tempDir } from '../temp-dir.ts';
import { ledgerWith, verdictOf } from './ledger-for-test.ts';

const impatient: LockTerms = { patienceMs: 0, held: () => new Error('somebody holds it') };
const newLock = async () => join(await tempDir(), 'lock');
const holds = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;

/** The holder that this process would be, and what is said of it instead. */
async function holder(fields: object): Promise<string> {
  const file = await newLock();
  const own = await withLock(file, impatient, async () => holds(file));
  return JSON.stringify({ ...own, ...fields });
}

/** The number of a process that is gone. */
async function goneProcess(): Promise<number | undefined> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid;
}

describe('a lock', () => {
  it('is there while the work goes on, for its owner alone, and gone afterwards even where the work fails', async () => {
    const file = await newLock();
    const work = async () => {
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      throw new Error('the work fails');
    };
    await expect(withLock(file, impatient, work)).rejects.toThrow('the work fails');
    expect(await readdir(join(file, '..'))).toEqual([]);
  });

  it('that a living process of this machine holds is not waited for without patience', async () => {
    const file = await newLock();
    const second = async () => withLock(file, impatient, async () => 'never');
    await expect(withLock(file, impatient, second)).rejects.toThrow('somebody holds it');
  });

  it('of a process of this machine that is gone is taken over, and nothing stays behind', async () => {
    const file = await newLock();
    await writeFile(file, await holder({ pid: await goneProcess() }));
    const watching = vi.fn<() => void>();
    expect(await withLock(file, { ...impatient, watching }, async () => 'done')).toBe('done');
    expect(watching).not.toHaveBeenCalled();
    expect(await readdir(join(file, '..'))).toEqual([]);
  });

  it.each([
    ['another machine', { place: 'elsewhere' }],
    ['a process whose number says nothing here', { place: 'elsewhere', pid: 999_999_999 }],
    ['one that does not say who it is', { pid: 'me' }],
  ])('of %s is held while its time moves, and stays', async (_who, fields) => {
    const file = await newLock();
    const text = await holder(fields);
    await writeFile(file, text);
    const watching = () => void utimes(file, new Date(0), new Date(0));
    const second = withLock(file, { ...impatient, watching }, async () => 'never');
    await expect(second).rejects.toThrow('somebody holds it');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('stays its new holder’s where it was taken from one that was thought gone', async () => {
    const file = await newLock();
    const next = await holder({ place: 'elsewhere' });
    await withLock(file, impatient, async () => writeFile(file, next));
    expect(await readFile(file, 'utf8')).toBe(next);
  });

  it('is no longer waited for when the signal says so', async () => {
    const file = await newLock();
    await writeFile(file, await holder({ place: 'elsewhere' }));
    const stop = new AbortController();
    const terms = { ...impatient, watching: () => stop.abort(), signal: stop.signal };
    await expect(withLock(file, terms, async () => 'never')).rejects.toThrow('aborted');
  });

  it('that is a link to nowhere is an error', async () => {
    const file = await newLock();
    await symlink('nowhere', file);
    await expect(withLock(file, impatient, async () => 'never')).rejects.toThrow('ELOOP');
  });
});

describe('a ledger that machines share', () => {
  it('is not written to while a writer on another machine holds it, whatever its process number is here', async () => {
    const made = await ledgerWith(1);
    await writeFile(made.files.lock, await holder({ place: 'elsewhere', pid: await goneProcess() }));
    let released = false;
    const appended = made.ledger.append({ kind: 'scan', body: {} }).then(() => released);
    await new Promise((resolve) => setTimeout(resolve, 300));
    released = true;
    await rm(made.files.lock);
    expect(await appended).toBe(true);
    expect(await verdictOf(made)).toMatchObject({ ok: true, entries: 3 });
  });

  it('goes on once a writer on another machine has been silent', { timeout: 180_000 }, async () => {
    const made = await ledgerWith(1);
    await writeFile(made.files.lock, await holder({ place: 'elsewhere' }));
    await made.ledger.append({ kind: 'scan', body: {} });
    expect(await verdictOf(made)).toMatchObject({ ok: true, entries: 3 });
  });
});
