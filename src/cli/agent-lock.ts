import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentLog } from '#agent/events.ts';
import { StoreError, UsageError } from '#model/errors.ts';
import type { Io } from './io.ts';

/** A holder that cannot be asked whether it lives touches its lock so often, and is gone when it has not for so long. */
const TOUCH_MS = 5000;
const SILENT_MS = 30_000;

interface Holder {
  /** The machine and, in containers, which of them: only there a process number says something. */
  readonly place: string;
  readonly pid: number;
  readonly started: string | null;
  readonly id: string;
}

/**
 * Runs the work while no other agent does so on the same folder, on this machine or on another that shares the folder.
 * A lock whose process is gone is taken over; of one from elsewhere that takes some seconds to tell. Throws UsageError
 * where the holder lives, and StoreError where the folder cannot be written.
 */
export async function withAgentLock<T>(
  file: string,
  io: Io,
  log: AgentLog,
  work: () => Promise<T>,
): Promise<T> {
  const own: Holder = { place: place(), pid: process.pid, started: startOf(process.pid), id: randomUUID() };
  while (!(await tryCreate(file, own))) {
    const holder = await read(file);
    if (await isAlive(holder, file, io.signal, log)) {
      throw new UsageError(`${file}: another agent runs on this folder`, {
        hint: 'Stop it first, or give this one another folder with --data.',
      });
    }
    await takeAway(file, holder, own.id);
  }
  const touching = setInterval(() => {
    const now = io.now();
    utimes(file, now, now).catch(() => undefined);
  }, TOUCH_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    if ((await read(file))?.id === own.id) await rm(file, { force: true });
  }
}

async function tryCreate(file: string, holder: Holder): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600, flush: true });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    // A full disk makes the file and does not fill it.
    if ((await readFile(file, 'utf8').catch(() => null)) === '') await rm(file, { force: true });
    throw new StoreError(
      `${file}: cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Make room, or make the folder writable, or choose another one with --data.',
        cause,
      },
    );
  }
}

async function isAlive(
  holder: Holder | null,
  file: string,
  signal: AbortSignal,
  log: AgentLog,
): Promise<boolean> {
  if (holder?.place === place()) {
    const now = startOf(holder.pid);
    return now === null ? exists(holder.pid) : now === holder.started;
  }
  // From elsewhere, or just being written. Clocks of machines differ: only whether the time of the file moves counts.
  log({ event: 'waiting-for-lock', file });
  const before = await touchedAt(file);
  await delay(SILENT_MS, undefined, { signal });
  const after = await touchedAt(file);
  return after !== null && after !== before;
}

/** Takes an abandoned lock away: by renaming it, which one of several that want to can do. */
async function takeAway(file: string, abandoned: Holder | null, own: string): Promise<void> {
  const aside = `${file}.${own}`;
  const gone = await rename(file, aside).then(
    () => false,
    () => true,
  );
  if (gone) return;
  // Somebody else may have taken it over since it was read, and lives.
  if ((await read(aside))?.id !== abandoned?.id) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function read(file: string): Promise<Holder | null> {
  try {
    const holder = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder>;
    const { place: where, pid, started = null, id } = holder;
    if (typeof where !== 'string' || typeof pid !== 'number' || typeof id !== 'string') return null;
    return { place: where, pid, started, id };
  } catch {
    return null;
  }
}

async function touchedAt(file: string): Promise<number | null> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's, and alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function place(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** When a process started, in the kernel's ticks since boot; null where the system does not say, or it is gone. */
function startOf(pid: number): string | null {
  try {
    // proc(5): the 22nd field; the second, the name, may hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
