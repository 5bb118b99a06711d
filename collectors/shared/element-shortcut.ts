import { OPEN_OBJECT, QUOTE } from './scan-json-value.ts';

/** An element that was found and parsed at once, and the index in the chunk after it. */
export interface ParsedElement {
  readonly value: unknown;
  readonly end: number;
}

/** Knows a list's elements by what stands between them. */
export interface ElementShortcut {
  /** A list begins: its elements are not known yet. */
  readonly reset: () => void;
  /** An element was scanned to its end, which is at `end` in the current chunk. */
  readonly scanned: (end: number) => void;
  /** A new chunk begins. */
  readonly nextChunk: () => void;
  /** The element that starts at `start`; null: only a scan can tell. */
  readonly parse: (chunk: Buffer, start: number) => ParsedElement | null;
}

/** Names of first members are short. */
const LONGEST_SEAM = 256;
/** Guesses may fail where a chunk ends; where they fail more often than this they cost more than they save. */
const HITS_PER_MISS = 64;
const FREE_MISSES = 8;

/**
 * Finds and parses elements without looking at each of their bytes. A program that writes a list puts the same text
 * between any two elements: the seam, from the last byte of one to the first member's name of the next. What ends at a
 * seam and parses is the whole element, since no JSON object is the beginning of another.
 */
export function createElementShortcut(maxBytes: number): ElementShortcut {
  let seam: Buffer | null = null;
  let lastEnd = -1;
  let hits = 0;
  let misses = 0;
  return {
    reset: () => {
      seam = null;
      lastEnd = -1;
    },
    nextChunk: () => {
      lastEnd = -1;
    },
    scanned: (end) => {
      lastEnd = end;
    },
    parse: (chunk, start) => {
      if (chunk[start] !== OPEN_OBJECT || misses * HITS_PER_MISS > hits + FREE_MISSES * HITS_PER_MISS)
        return null;
      if (seam === null) {
        if (lastEnd > 0) seam = seamBetween(chunk, lastEnd - 1, start);
        return null;
      }
      const at = chunk.indexOf(seam, start);
      const value = at === -1 || at - start > maxBytes ? undefined : parsed(chunk, start, at + 1);
      if (value === undefined) {
        misses++;
        return null;
      }
      hits++;
      return { value, end: at + 1 };
    },
  };
}

function seamBetween(chunk: Buffer, last: number, start: number): Buffer | null {
  const opening = chunk.indexOf(QUOTE, start);
  const closing = opening === -1 ? -1 : chunk.indexOf(QUOTE, opening + 1);
  if (closing === -1 || closing - last > LONGEST_SEAM) return null;
  return Buffer.from(chunk.subarray(last, closing + 1));
}

function parsed(chunk: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(chunk.toString('utf8', start, end));
  } catch {
    return undefined;
  }
}
