import { spawn, type ChildProcess } from 'node:child_process';
import { appendFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ledgerEntries, openLedger } from '#ledger/open-ledger.ts';
import { ledgerWith, newKey, TIME, verdictOf, type TestLedger } from './ledger-for-test.ts';

const bodiesOf = async ({ dataDir }: TestLedger) => {
  const bodies: unknown[] = [];
  for await (const { kind, body } of ledgerEntries(dataDir)) if (kind !== 'opened') bodies.push(body);
  return bodies;
};

/** A process that appends to the ledger, a number at a time, and prints each number once it is entered. */
function writer({ dataDir, key }: TestLedger, name: string, count: number): ChildProcess {
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const loader = ['--import', 'tsx', '--conditions=source', 'test/ledger/writer-child.ts'];
  return spawn(process.execPath, [...loader, dataDir, name, String(count)], {
    env: { ...process.env, LEDGER_TEST_KEY: pem },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('appending to a ledger', () => {
  it('opens it with an entry that names the key, keeps it from other users, and numbers what follows', async () => {
    const made = await ledgerWith(1);
    const entries = [];
    for await (const { sequence, kind } of ledgerEntries(made.dataDir)) entries.push([sequence, kind]);
    expect(entries).toEqual([
      [1, 'opened'],
      [2, 'scan'],
    ]);
    expect((await stat(made.files.folder)).mode & 0o777).toBe(0o700);
    expect((await stat(made.files.entries)).mode & 0o777).toBe(0o600);
    expect((await stat(made.files.head)).mode & 0o777).toBe(0o600);
  });

  it('refuses another key than the one in force', async () => {
    const { dataDir } = await ledgerWith(1);
    const other = openLedger(dataDir, newKey(), () => TIME);
    await expect(other.append({ kind: 'scan', body: {} })).rejects.toThrow('is signed by key');
  });

  it('sets a torn line aside and goes on behind the last whole one', async () => {
    const made = await ledgerWith(2);
    await appendFile(made.files.entries, '{"body":{"half');
    await made.ledger.append({ kind: 'scan', body: { after: 'crash' } });
    expect(await verdictOf(made)).toMatchObject({ ok: true, entries: 4, notes: [expect.any(String)] });
    expect(await readFile(made.files.torn, 'utf8')).toBe('{"body":{"half\n');
  });

  it('goes on where a crash came between an entry and its head', async () => {
    const made = await ledgerWith(2);
    const head = await readFile(made.files.head, 'utf8');
    await made.ledger.append({ kind: 'scan', body: {} });
    await writeFile(made.files.head, head);
    expect((await verdictOf(made)).ok).toBe(true);
    await made.ledger.append({ kind: 'scan', body: {} });
    expect(await verdictOf(made)).toMatchObject({ ok: true, entries: 5 });
  });

  it('adds nothing to a ledger that lost entries', async () => {
    const made = await ledgerWith(3);
    const lines = (await readFile(made.files.entries, 'utf8')).split('\n');
    await writeFile(made.files.entries, `${lines.slice(0, 2).join('\n')}\n`);
    const append = made.ledger.append({ kind: 'scan', body: {} });
    await expect(append).rejects.toThrow('it ends at entry 2, and its head is entry 4');
  });

  it('takes over the lock of a process that is gone', async () => {
    const made = await ledgerWith(1);
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await writeFile(made.files.lock, JSON.stringify({ pid: child.pid, started: '1', id: 'x' }));
    await made.ledger.append({ kind: 'scan', body: {} });
    expect((await verdictOf(made)).ok).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')(
    'takes over the lock of a process whose number another one has now (needs /proc)',
    async () => {
      const made = await ledgerWith(1);
      await writeFile(made.files.lock, JSON.stringify({ pid: process.pid, started: '1', id: 'x' }));
      await made.ledger.append({ kind: 'scan', body: {} });
      expect((await verdictOf(made)).ok).toBe(true);
    },
  );

  it('keeps every entry of writers in one process that write at once', async () => {
    const made = await ledgerWith(0);
    const other = openLedger(made.dataDir, made.key, () => TIME);
    await Promise.all(
      Array.from({ length: 40 }, async (_each, n) =>
        (n % 2 === 0 ? made.ledger : other).append({ kind: 'scan', body: { n } }),
      ),
    );
    expect(await verdictOf(made)).toMatchObject({ ok: true, entries: 41 });
  });

  it('keeps every entry of processes that write at once', async () => {
    const made = await ledgerWith(0);
    const children = ['a', 'b', 'c'].map((name) => writer(made, name, 15));
    await Promise.all(children.map(async (child) => once(child, 'exit')));
    expect(await verdictOf(made)).toMatchObject({ ok: true, entries: 46 });
    const bodies = await bodiesOf(made);
    for (const name of ['a', 'b', 'c']) {
      const own = bodies.filter((body) => Reflect.get(Object(body), 'name') === name);
      expect(own.map((body) => Reflect.get(Object(body), 'n'))).toEqual(
        Array.from({ length: 15 }, (_e, n) => n),
      );
    }
  });

  it('loses nothing that was entered when its writer is killed', async () => {
    const made = await ledgerWith(0);
    for (const wait of [0, 3, 7]) {
      const child = writer(made, `k${wait}`, 100_000);
      let said = '';
      child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      while (said.split('\n').length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const entered = said.split('\n').slice(0, -1).length;
      await made.ledger.append({ kind: 'scan', body: { after: wait } });
      const own = (await bodiesOf(made)).filter((body) => Reflect.get(Object(body), 'name') === `k${wait}`);
      expect(own.length).toBeGreaterThanOrEqual(entered);
      expect((await verdictOf(made)).ok).toBe(true);
    }
  });

  it('says that the folder cannot be written to', async () => {
    const made = await ledgerWith(0);
    await mkdir(made.files.entries, { recursive: true });
    const append = made.ledger.append({ kind: 'scan', body: {} });
    await expect(append).rejects.toThrow('the ledger cannot be written: EISDIR');
  });
});
