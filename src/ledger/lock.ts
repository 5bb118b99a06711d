import { randomUUID } from 'node:crypto';
import { constants, readFileSync, readlinkSync } from 'node:fs';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 15;
/** A holder touches its lock so often, and is gone when one that cannot be asked has not for so long. */
const TOUCH_MS = 5000;
const SILENT_MS = 30_000;
/** A file that is made and filled, or removed, in one go and stays as it is for so long belongs to nobody any more. */
const UNFILLED_MS = 10_000;

/** How a lock is waited for. */
export interface LockTerms {
  /** For how many milliseconds to wait for a holder that lives. */
  readonly patienceMs: number;
  /** What is thrown where a holder that lives does not let go in that time. */
  readonly held: () => Error;
  /** Told once where only silence can tell whether the holder lives, which takes up to half a minute. */
  readonly watching?: () => void;
  readonly signal?: AbortSignal;
}

interface Holder {
  /** The machine and, in containers, which of them: only there a process number says something. */
  readonly place: string;
  readonly pid: number;
  readonly started: string | null;
}

/** A lock file at one time. Its text is unique to its holder, its time moves while that one lives. */
interface Look {
  readonly text: string;
  readonly touched: number;
}

/**
 * Runs the work while nobody else holds the lock file, on this machine or on another that shares the folder. A lock whose
 * process is gone is taken over: at once, or after half a minute of silence where it is from another machine, container
 * or start of the machine. Throws what the terms say where the holder lives, and the system's error where the file
 * cannot be written.
 */
export async function withLock<T>(file: string, terms: LockTerms, work: () => Promise<T>): Promise<T> {
  const own: Holder = { place: place(), pid: process.pid, started: startOf(process.pid) };
  const text = JSON.stringify({ ...own, id: randomUUID() });
  await acquire(file, text, own.place, terms);
  const touching = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, TOUCH_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    const held = await look(file).catch(() => null);
    if (held?.text === text) await rm(file, { force: true });
  }
}

async function acquire(file: string, text: string, here: string, terms: LockTerms): Promise<void> {
  const until = performance.now() + terms.patienceMs;
  const quietFor = watch();
  let silenceDecides = false;
  while (!(await tryCreate(file, text))) {
    const seen = await look(file);
    if (seen === null) continue;
    const { moved, milliseconds } = quietFor(seen);
    const holder = holderOf(seen.text, here);
    const askable = holder?.place === here;
    const gone = askable ? !isAlive(holder) : milliseconds > (holder === null ? UNFILLED_MS : SILENT_MS);
    if (gone) {
      await takeAway(file, seen);
    } else {
      if ((askable || moved) && performance.now() > until) throw terms.held();
      if (!askable && !silenceDecides) terms.watching?.();
      silenceDecides ||= !askable;
      await pause(terms.signal);
    }
  }
}

/** Makes the file, or tells that it is there already. */
async function tryCreate(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } catch (error) {
      // A full disk makes the file and does not fill it.
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Of several that find the same abandoned lock only one at a time looks again and removes it. */
async function takeAway(file: string, abandoned: Look): Promise<void> {
  const guard = `${file}.takeover`;
  const quietFor = watch();
  while (!(await tryCreate(guard, ''))) {
    const seen = await look(guard);
    if (seen !== null && quietFor(seen).milliseconds > UNFILLED_MS) await rm(guard, { force: true });
    await pause();
  }
  try {
    const now = await look(file);
    if (now !== null && isSame(now, abandoned)) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function look(file: string): Promise<Look | null> {
  try {
    // A link to nowhere is there for whoever makes the file, and not there for whoever reads it: an error, not a wait.
    const text = await readFile(file, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW });
    return { text, touched: (await stat(file)).mtimeMs };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function isSame(one: Look, other: Look): boolean {
  return one.text === other.text && one.touched === other.touched;
}

/**
 * Tells for how long a file has been as it is, and whether it moved since it was first looked at. Clocks of machines
 * differ: only what is seen by this one's counts.
 */
function watch(): (now: Look) => { readonly moved: boolean; readonly milliseconds: number } {
  let last: { readonly seen: Look; readonly since: number } | null = null;
  let moved = false;
  return (seen) => {
    const time = performance.now();
    if (last === null || !isSame(last.seen, seen)) {
      moved = last !== null;
      last = { seen, since: time };
    }
    return { moved, milliseconds: time - last.since };
  };
}

async function pause(signal?: AbortSignal): Promise<void> {
  await delay(POLL_MS * (1 + Math.random()), undefined, signal === undefined ? {} : { signal });
}

/** Who holds a lock; null where its text does not say, as while it is written. A holder without a place is of this one. */
function holderOf(text: string, here: string): Holder | null {
  try {
    const { place: where = here, pid, started = null } = JSON.parse(text) as Partial<Holder>;
    if (typeof where !== 'string' || !Number.isSafeInteger(pid) || pid === undefined || pid < 1) return null;
    return { place: where, pid, started: typeof started === 'string' ? started : null };
  } catch {
    return null;
  }
}

/** Whether a process of this place lives, and is not another one that has got its number since. */
function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's, and alive.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = startOf(pid);
  return now === null || started === null || now === started;
}

/**
 * Where process numbers mean the same. Hosts may have the same name and the same number of a namespace; what the kernel
 * draws when it starts, none has with another one.
 */
function place(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
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
