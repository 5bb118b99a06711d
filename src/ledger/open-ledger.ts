import { chmod, mkdir, open, truncate } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { StoreError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import {
  BEFORE_THE_FIRST,
  LARGEST_LINE,
  lineOf,
  parseEntry,
  signEntry,
  type Entry,
  type NewEntry,
} from './entry.ts';
import { ledgerFiles, type LedgerFiles } from './files.ts';
import { headAfter, readHead, writeHead, type Head } from './head.ts';
import { keyIdOf, publicPemOf } from './keys.ts';
import { lastLine, type LastLine } from './last-line.ts';
import { withLock, type LockTerms } from './lock.ts';
import { readLines, type Line } from './read-lines.ts';

/** Twice the half a minute after which a lock from another machine counts as abandoned. */
const PATIENCE_MS = 60_000;

/** A ledger that is written to. */
export interface Ledger {
  /**
   * Enters something: on disk when this resolves. The first entry of all, `opened`, names the key and comes by itself.
   * Throws StoreError where the ledger does not end as its head says, or another key is in force.
   */
  readonly append: (entry: NewEntry) => Promise<Entry>;
}

/** What the ledger of a data folder holds, in order. A broken line ends it with StoreError. */
export async function* ledgerEntries(dataDir: string): AsyncGenerator<Entry> {
  for await (const { text, whole } of readLines(ledgerFiles(dataDir).entries)) {
    if (!whole) return;
    const entry = parseEntry(text);
    if (typeof entry === 'string') {
      throw new StoreError(`the ledger holds a line that is ${entry}`, {
        hint: 'nhi ledger verify names the first entry that does not fit.',
      });
    }
    yield entry;
  }
}

/** Opens the ledger of a data folder for writing with a key. Makes the folder (0700) with the first entry. */
export function openLedger(dataDir: string, key: KeyObject, clock: () => Instant): Ledger {
  const files = ledgerFiles(dataDir);
  return {
    append: async (entry) => {
      try {
        await mkdir(files.folder, { recursive: true, mode: 0o700 });
        return await withLock(files.lock, termsOf(files), async () => {
          const end = (await endOf(files)) ?? (await enter(files, null, openedBy(key), key, clock()));
          return enter(files, end, entry, key, clock());
        });
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        throw new StoreError(`the ledger cannot be written: ${error.message}`, {
          hint: 'Nothing was entered. Make room, or make the folder writable, and try again.',
          cause: error,
        });
      }
    },
  };
}

function termsOf({ lock }: LedgerFiles): LockTerms {
  return {
    patienceMs: PATIENCE_MS,
    held: () =>
      new StoreError(`${lock}: another process holds the ledger`, {
        hint: 'Wait for it to end. If none is running on any machine that shares the folder, delete the file.',
      }),
  };
}

function openedBy(key: KeyObject): NewEntry {
  return { kind: 'opened', body: { publicKey: publicPemOf(key) } };
}

async function enter(
  files: LedgerFiles,
  last: Entry | null,
  { kind, body }: NewEntry,
  key: KeyObject,
  time: Instant,
): Promise<Entry> {
  const signer = keyIdOf(key);
  const inForce = last === null ? signer : headAfter(last).key;
  if (signer !== inForce) {
    throw new StoreError(`the ledger is signed by key ${inForce}, not by ${signer}`, {
      hint: 'Use the key that is in force, or hand over to this one with nhi ledger rotate.',
    });
  }
  const entry = signEntry(
    {
      sequence: (last?.sequence ?? 0) + 1,
      time,
      kind,
      body,
      previous: last?.digest ?? BEFORE_THE_FIRST,
      key: signer,
    },
    key,
  );
  const line = `${lineOf(entry)}\n`;
  if (Buffer.byteLength(line) > LARGEST_LINE) throw new StoreError('too large for an entry of the ledger');
  const file = await open(files.entries, 'a', 0o600);
  try {
    await file.appendFile(line);
    await file.sync();
  } finally {
    await file.close();
  }
  await writeHead(files, headAfter(entry));
  return entry;
}

/**
 * The last entry, after what a crash left is put right: an unfinished line goes to the file of torn lines, and a head
 * that is one entry behind moves on. A ledger that ends before its head has lost entries, and nothing is added to it.
 */
async function endOf(files: LedgerFiles): Promise<Entry | null> {
  const head = await readHead(files);
  const { last, torn } = await endOfFile(files);
  if (torn !== null) await setAside(files, torn);
  const entry = last === null ? null : parseEntry(last.text);
  if (typeof entry === 'string') throw doesNotFit(`its last line is ${entry}`);
  if (head === 'broken') throw doesNotFit('its head file cannot be read');
  if (head === null) {
    // Only between the very first line and the first head is a ledger without one.
    if (entry !== null && entry.sequence > 1) throw doesNotFit('its head file is missing');
  } else if (entry === null || !continues(head, entry)) {
    throw doesNotFit(`it ends at entry ${entry?.sequence ?? 0}, and its head is entry ${head.sequence}`);
  }
  return entry;
}

function continues(head: Head, last: Entry): boolean {
  if (last.sequence === head.sequence) return last.digest === head.digest;
  return last.sequence === head.sequence + 1 && last.previous === head.digest;
}

async function endOfFile(files: LedgerFiles): Promise<LastLine> {
  try {
    return await lastLine(files.entries);
  } catch (error) {
    throw error instanceof RangeError ? doesNotFit(error.message) : error;
  }
}

async function setAside(files: LedgerFiles, { text, start }: Line): Promise<void> {
  const file = await open(files.torn, 'a', 0o600);
  try {
    await file.appendFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(files.torn, 0o600);
  await truncate(files.entries, start);
}

function doesNotFit(why: string): StoreError {
  return new StoreError(`the ledger does not fit: ${why}`, {
    hint: 'nhi ledger verify says more. Nothing is added to a ledger that lost entries; keep it, and start a new one.',
  });
}
