import { snapshotIds } from '#store/read/list-snapshots.ts';
import { lineOf } from './open-data.ts';

/** How often the folder is looked at, in milliseconds. Looking works on every file system; being told does not. */
const EVERY_MS = 2000;

/** The newest snapshot of a data folder by its name; null where there is none, or the folder cannot be read now. */
export async function newestSnapshot(dataDir: string): Promise<string | null> {
  const ids = await snapshotIds(dataDir).catch(() => []);
  return ids.find((id) => lineOf(id) !== null) ?? null;
}

/** Says each new newest snapshot of a data folder, until it is stopped. */
export function watchSnapshots(
  dataDir: string,
  known: () => string | null,
  appeared: (id: string) => void,
  every = EVERY_MS,
): () => void {
  let told: string | null = null;
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    const newest = await newestSnapshot(dataDir);
    looking = false;
    if (newest === null || newest === told || newest <= (known() ?? '')) return;
    told = newest;
    appeared(newest);
  }
  const timer = setInterval(() => void look(), every);
  return () => clearInterval(timer);
}
