import type { KeyObject } from 'node:crypto';
import { BEFORE_THE_FIRST, flawOf, parseEntry, type Entry } from './entry.ts';
import type { LedgerFiles } from './files.ts';
import { readHead } from './head.ts';
import { keyIdOf, parsePublicKey } from './keys.ts';
import { readLines } from './read-lines.ts';

/** What a ledger is worth. */
export interface LedgerVerdict {
  readonly ok: boolean;
  /** Entries that fit, from the first on. */
  readonly entries: number;
  /** The digest of the last one that fits; null: none does. */
  readonly head: string | null;
  /** The first entry that does not fit, and why; null: all do. */
  readonly flaw: { readonly entry: number; readonly reason: string } | null;
  /** What the verdict does not rule out, for people. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  /** The key that opened the ledger, from a place that its writer cannot change; null: its own word is taken. */
  readonly publicKey: KeyObject | null;
  /** The digest of an entry that must be in it, noted elsewhere; null: none is known. */
  readonly knownHead: string | null;
}

/** Reads a ledger from its first entry to its last and tells the first that does not fit. Needs no network. */
export async function verifyLedger(files: LedgerFiles, options: VerifyOptions): Promise<LedgerVerdict> {
  const notes: string[] = [];
  const digests = new Set<string>();
  let last: Entry | null = null;
  let key: KeyObject | null = options.publicKey;
  const verdict = (flaw: LedgerVerdict['flaw']): LedgerVerdict => ({
    ok: flaw === null,
    entries: last?.sequence ?? 0,
    head: last?.digest ?? null,
    flaw,
    notes,
  });

  for await (const { text, whole } of readLines(files.entries)) {
    const place = (last?.sequence ?? 0) + 1;
    if (!whole) {
      notes.push(
        `after entry ${place - 1} is an unfinished line: its writer was stopped, and it counts for nothing`,
      );
      break;
    }
    const entry = parseEntry(text);
    if (typeof entry === 'string') return verdict({ entry: place, reason: `the line is ${entry}` });
    key ??= ownKey(entry);
    const reason =
      linkFlaw(entry, last) ?? (key === null ? 'it does not open a ledger' : keyFlaw(entry, key));
    if (reason !== null) return verdict({ entry: place, reason });
    key = keyAfter(entry) ?? key;
    last = entry;
    if (options.knownHead !== null) digests.add(entry.digest);
  }

  if (options.publicKey === null && last !== null) {
    notes.push('the key is the ledger’s own word: --public-key rules out that all of it was made anew');
  }
  return verdict(await endFlaw(files, last, digests, options.knownHead));
}

function linkFlaw(entry: Entry, last: Entry | null): string | null {
  const place = (last?.sequence ?? 0) + 1;
  if (entry.sequence !== place) return `it says that it is entry ${entry.sequence}`;
  if (entry.previous !== (last?.digest ?? BEFORE_THE_FIRST))
    return 'it does not follow from the entry before it';
  if ((entry.kind === 'opened') !== (last === null))
    return 'a ledger is opened by its first entry and no other';
  return null;
}

function keyFlaw(entry: Entry, key: KeyObject): string | null {
  if (entry.key !== keyIdOf(key)) return `it is signed by key ${entry.key}, and ${keyIdOf(key)} is in force`;
  const flaw = flawOf(entry, key);
  if (flaw !== null) return flaw;
  const named = entry.kind === 'opened' || entry.kind === 'key-rotation' ? publicKeyIn(entry) : key;
  if (named === null) return 'it names no key';
  if (entry.kind === 'opened' && keyIdOf(named) !== entry.key)
    return 'it names another key than it is signed by';
  return entry.kind === 'key-rotation' && entry.body['nextKey'] !== keyIdOf(named)
    ? 'it hands over to another key than it holds'
    : null;
}

function ownKey(first: Entry): KeyObject | null {
  return first.kind === 'opened' ? publicKeyIn(first) : null;
}

function keyAfter(entry: Entry): KeyObject | null {
  return entry.kind === 'key-rotation' ? publicKeyIn(entry) : null;
}

function publicKeyIn({ body }: Entry): KeyObject | null {
  const pem = body['publicKey'];
  if (typeof pem !== 'string') return null;
  try {
    return parsePublicKey(pem, 'entry');
  } catch {
    return null;
  }
}

/** Entries that are missing at the end leave a chain that fits: only what was noted apart from it can tell. */
async function endFlaw(
  files: LedgerFiles,
  last: Entry | null,
  digests: ReadonlySet<string>,
  knownHead: string | null,
): Promise<LedgerVerdict['flaw']> {
  const entry = (last?.sequence ?? 0) + 1;
  if (knownHead !== null && !digests.has(knownHead)) {
    return { entry, reason: `the entry with digest ${knownHead} is not in the ledger` };
  }
  const head = await readHead(files);
  if (head === 'broken') return { entry, reason: 'the head file cannot be read' };
  if (head === null) {
    return last === null || last.sequence === 1 ? null : { entry, reason: 'the head file is missing' };
  }
  const ended = last?.sequence ?? 0;
  if (ended < head.sequence) {
    return { entry, reason: `entries ${ended + 1} to ${head.sequence} are missing` };
  }
  const fits =
    ended === head.sequence
      ? last?.digest === head.digest
      : ended === head.sequence + 1 && last?.previous === head.digest;
  return fits ? null : { entry: ended, reason: 'the head file names another entry' };
}
