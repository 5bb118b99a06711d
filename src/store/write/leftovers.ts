import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../database.ts';
import { stagingDir } from '../paths.ts';
import { claimTransient, isClaimed, transientOf } from '../transient.ts';

/** Removes what killed processes left in the staging folder, and nothing that a living one still uses. */
export async function removeLeftovers(dataDir: string): Promise<void> {
  const folder = stagingDir(dataDir);
  const names = await readdir(folder);
  const verdicts = new Map<string, Promise<boolean>>();
  for (const name of names) {
    const owner = transientOf(name);
    if (owner === null) continue;
    const verdict = verdicts.get(owner.stem) ?? isLeftOver(dataDir, owner);
    verdicts.set(owner.stem, verdict);
    if (await verdict) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * A process number says nothing across containers that share a folder, and numbers are used again, this process's own
 * too. DuckDB's lock on the file holds everywhere, but not in the moment between closing and publishing. Only what
 * neither protects is left over.
 */
async function isLeftOver(dataDir: string, { stem, pid }: { stem: string; pid: number }): Promise<boolean> {
  if (isClaimed(stem)) return false;
  if (pid !== process.pid && isAlive(pid)) return false;
  return !(await isLocked(dataDir, join(stagingDir(dataDir), stem)));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's, and alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isLocked(dataDir: string, file: string): Promise<boolean> {
  if ((await stat(file).catch(() => null)) === null) return false;
  const own = claimTransient(dataDir, 'probe');
  try {
    (await openDatabase(file, { access: 'READ_ONLY', spillDir: own.spillDir })).close();
    return false;
  } catch (error) {
    // Any other error is that of a file whose writer was killed in the middle.
    return error instanceof Error && error.message.includes('Could not set lock');
  } finally {
    own.release();
  }
}
