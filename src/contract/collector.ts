import type { Observation } from '#model/record.ts';
import type { Instant, System } from '#model/system.ts';
import type { LiveReader } from './live.ts';

/** A file to import, opened for reading only. */
export interface ImportFile {
  /** Where it is, for opening. */
  readonly path: string;
  /** How to name it in messages and coverage: relative to what the user gave. */
  readonly label: string;
  readonly size: number;
  /** The file's first bytes as text (at most 64 KiB; UTF-8 without its mark), for recognition by content. */
  readonly head: string;
}

/** A file with what a collector recognised in it. */
export interface RecognisedFile extends ImportFile {
  readonly kind: string;
}

/** What a collector is given besides its files. It reads no clock and no environment. */
export interface CollectContext {
  readonly asOf: Instant;
  /** Names for clusters, accounts and so on where a file does not say which one it is from. */
  readonly nameOf: (file: ImportFile) => string;
  readonly signal: AbortSignal;
}

/** One system's reader: exported files or live APIs in, observations out. It never writes to a system. */
export interface Collector {
  readonly system: System;
  /** For people: `Amazon Web Services`. */
  readonly title: string;
  /** The kind of file this is, judged by its content, or null where it is not for this collector. */
  readonly recognise: (file: ImportFile) => string | null;
  /**
   * Reads the recognised files, each entity once, in bounded memory. A malformed entity becomes a coverage row that
   * names file and position, and the rest is read. Throws only on bugs and on `signal`.
   */
  readonly importFiles: (
    files: readonly RecognisedFile[],
    context: CollectContext,
  ) => AsyncIterable<readonly Observation[]>;
  /** Loads the live side, whose client libraries are large. Absent: files only. */
  readonly live?: () => Promise<LiveReader>;
}

/** Declares a collector; the compiler checks it. */
export function defineCollector(collector: Collector): Collector {
  return collector;
}
