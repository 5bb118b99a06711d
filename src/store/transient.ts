import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { stagingDir } from './paths.ts';

/**
 * A name for files that live no longer than this process does: the staging file of a scan, or what DuckDB spills. All
 * of them begin with `file`, which names the process, so that whoever comes later can tell what was left behind.
 */
export interface Transient {
  readonly file: string;
  readonly spillDir: string;
  /** The files are gone, or somebody else's. */
  readonly release: () => void;
}

const SHAPE = /^(?<stem>.*\.(?<pid>\d+)\.duckdb)(?:\..*)?$/u;

/**
 * What this process has open. It cannot ask the files: closing any handle of a file that this process holds drops the
 * lock on it.
 */
const claimed = new Set<string>();

/** Claims a name under `dataDir` that nobody else has. */
export function claimTransient(dataDir: string, prefix: string): Transient {
  const name = `${prefix}-${randomBytes(4).toString('hex')}.${process.pid}.duckdb`;
  const file = join(stagingDir(dataDir), name);
  claimed.add(name);
  return { file, spillDir: `${file}.tmp`, release: () => void claimed.delete(name) };
}

/** The name that a file in the staging folder belongs to, with its process; null: not one of ours. */
export function transientOf(name: string): { readonly stem: string; readonly pid: number } | null {
  const groups = SHAPE.exec(name)?.groups;
  if (groups?.['stem'] === undefined) return null;
  return { stem: groups['stem'], pid: Number(groups['pid']) };
}

/** Whether this process has the name. */
export function isClaimed(stem: string): boolean {
  return claimed.has(stem);
}
