import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AgentLog } from '#agent/events.ts';
import { withLock } from '#ledger/lock.ts';
import { StoreError, UsageError } from '#model/errors.ts';
import type { Io } from '../io.ts';

/**
 * Runs the work while no other agent does so on the same folder, on this machine or on another that shares the folder.
 * A lock whose process is gone is taken over; of one from elsewhere that takes half a minute to tell. Throws UsageError
 * where the holder lives, and StoreError where the folder cannot be written.
 */
export async function withAgentLock<T>(
  file: string,
  io: Io,
  log: AgentLog,
  work: () => Promise<T>,
): Promise<T> {
  let working = false;
  const terms = {
    patienceMs: 0,
    held: () =>
      new UsageError(`${file}: another agent runs on this folder`, {
        hint: 'Stop it first, or give this one another folder with --data.',
      }),
    watching: () => log({ event: 'waiting-for-lock', file }),
    signal: io.signal,
  };
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return await withLock(file, terms, async () => {
      working = true;
      return work();
    });
  } catch (error) {
    if (working || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new StoreError(`${file}: cannot be written: ${error.message}`, {
      hint: 'Make room, or make the folder writable, or choose another one with --data.',
      cause: error,
    });
  }
}
