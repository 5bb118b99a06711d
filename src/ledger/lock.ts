import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '#model/errors.ts';

const POLL_MS = 15;
const PATIENCE_MS = 30_000;
/** A file that is made and filled, or removed, in one go and is older than this belongs to nobody any more. */
const ABANDONED_MS = 10_000;

/**
 * Runs the work while nobody else of this machine holds the lock file. A lock whose process is gone is taken over.
 * Throws StoreError when the holder does not let go within half a minute.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const token = JSON.stringify({ pid: process.pid, started: startOf(process.pid), id: randomUUID() });
  await acquire(file, token);
  try {
    return await work();
  } finally {
    await release(file, token);
  }
}

async function acquire(file: string, token: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await tryCreate(file, token))) {
    if (await isAbandoned(file)) await takeOver(file);
    else if (performance.now() > until) {
      throw new StoreError(`${file}: another process holds the ledger`, {
        hint: 'Wait for it to end. If none is running on any machine that shares the folder, delete the file.',
      });
    } else await delay(POLL_MS * (1 + Math.random()));
  }
}

/** Makes the file, or tells that it is there already. */
async function tryCreate(file: string, token: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(token);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function release(file: string, token: string): Promise<void> {
  const held = await readFile(file, 'utf8').catch(() => null);
  if (held === token) await rm(file, { force: true });
}

async function isAbandoned(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return false;
  let pid: unknown;
  let started: unknown;
  try {
    ({ pid, started } = JSON.parse(text) as Record<string, unknown>);
  } catch {
    // Its writer is between making and filling it, or died there.
    return (await ageOf(file)) > ABANDONED_MS;
  }
  if (typeof pid !== 'number') return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  // The number may have gone to another process since.
  const now = startOf(pid);
  return now !== null && typeof started === 'string' && now !== started;
}

/** Of several that find the same abandoned lock only one at a time looks again and removes it. */
async function takeOver(file: string): Promise<void> {
  const guard = `${file}.takeover`;
  if (!(await tryCreate(guard, ''))) {
    if ((await ageOf(guard)) > ABANDONED_MS) await rm(guard, { force: true });
    await delay(POLL_MS);
    return;
  }
  try {
    if (await isAbandoned(file)) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/** How long ago a file was written, in milliseconds; 0 where it is gone. */
async function ageOf(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

/** When a process started, in the kernel's ticks since boot; null where the system does not say. */
function startOf(pid: number): string | null {
  try {
    // proc(5): the 22nd field; the second, the name, may hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
