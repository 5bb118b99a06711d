import { sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Instant, Json } from '#model/system.ts';
import { canonicalDigest, canonicalText } from './canonical.ts';

/** What can be entered. `opened` is always the first entry; `key-rotation` names the key of the entries after it. */
export const ENTRY_KINDS = [
  'opened',
  'scan',
  'plan',
  'approval',
  'intent',
  'outcome',
  'verification',
  'rollback',
  'key-rotation',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What somebody wants entered. The body never holds a secret. */
export interface NewEntry {
  readonly kind: EntryKind;
  readonly body: { readonly [key: string]: Json };
}

/** One line of the ledger. */
export interface Entry extends NewEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly time: Instant;
  /** The digest of the entry before; 64 zeros before the first. */
  readonly previous: string;
  /** The id of the key that signed. */
  readonly key: string;
  /** SHA-256 of the canonical text of everything above. */
  readonly digest: string;
  /** Ed25519 over that same text, in Base64. */
  readonly signature: string;
}

export const BEFORE_THE_FIRST = '0'.repeat(64);

/** The largest line, in bytes. */
export const LARGEST_LINE = 4 * 1024 * 1024;

type Unsigned = Omit<Entry, 'digest' | 'signature'>;

/** Completes an entry with its digest and signature. */
export function signEntry(entry: Unsigned, key: KeyObject): Entry {
  const content = contentOf(entry);
  return {
    ...entry,
    digest: canonicalDigest(content),
    signature: sign(null, Buffer.from(canonicalText(content)), key).toString('base64'),
  };
}

/** An entry as its line, without the line's end. */
export function lineOf(entry: Entry): string {
  return canonicalText({ ...contentOf(entry), digest: entry.digest, signature: entry.signature });
}

const hex = z.string().regex(/^[\da-f]{64}$/u);

const entrySchema = z.strictObject({
  sequence: z.int().min(1),
  time: z.iso.datetime({ precision: 3 }),
  kind: z.enum(ENTRY_KINDS),
  body: z.record(z.string(), z.json()),
  previous: hex,
  key: z.string().regex(/^[\da-f]{32}$/u),
  digest: hex,
  signature: z.base64(),
});

/** A line as an entry, or in a few words why it is none. Only the one canonical text of an entry is one. */
export function parseEntry(line: string): Entry | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) return 'not an entry';
  return lineOf(parsed.data) === line ? parsed.data : 'not written as entries are';
}

/** Why an entry's digest or signature does not fit it, or null. */
export function flawOf(entry: Entry, publicKey: KeyObject): string | null {
  const content = contentOf(entry);
  if (canonicalDigest(content) !== entry.digest) return 'its content does not have its digest';
  const signature = Buffer.from(entry.signature, 'base64');
  return verify(null, Buffer.from(canonicalText(content)), publicKey, signature)
    ? null
    : 'its signature is not by the key that it names';
}

function contentOf({ sequence, time, kind, body, previous, key }: Unsigned): {
  readonly [key: string]: Json;
} {
  return { sequence, time, kind, body, previous, key };
}
