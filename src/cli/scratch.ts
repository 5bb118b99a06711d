import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scratch } from '#audit/check-rules.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** An empty snapshot in a temporary folder, for trying rules on; `discard` removes both. */
export async function openScratch(io: Io): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-'));
  const now = io.now().toISOString();
  const staging = await createSnapshot(folder, { asOf: now, startedAt: now, toolVersion: VERSION });
  return {
    ...staging,
    discard: async () => {
      await staging.discard();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
