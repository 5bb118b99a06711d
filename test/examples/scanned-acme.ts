import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AS_OF } from '#tooling/acme/clock.ts';
import { type Ran, runCli } from '../cli/run-cli.ts';

/** Where the demonstration estate lies. */
export const ACME = join(process.cwd(), 'examples/acme');

/** A scan of the demonstration estate as its configuration says. */
export interface ScannedAcme {
  readonly dataDir: string;
  readonly ran: Ran;
  /** Runs another command with the same configuration and data. */
  readonly nhi: (...words: readonly string[]) => Promise<Ran>;
  readonly discard: () => Promise<void>;
}

/** Scans the demonstration estate into a folder of its own. */
export async function scanAcme(): Promise<ScannedAcme> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nhi-acme-'));
  const nhi: ScannedAcme['nhi'] = (...words) =>
    runCli(ACME, [...words, '--config', 'nhi.yaml', '--data', dataDir]);
  const ran = await nhi('scan', '--as-of', AS_OF, '--quiet');
  return { dataDir, ran, nhi, discard: () => rm(dataDir, { recursive: true, force: true }) };
}
