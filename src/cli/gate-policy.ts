import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LoadedConfig } from '#config/load-config.ts';
import { readPolicy, type PolicyFile } from '#gate/policy.ts';
import type { Io } from './io.ts';

/** A policy and the file that it is from; null: the defaults. */
export interface LoadedPolicy {
  readonly policy: PolicyFile;
  readonly file: string | null;
}

/** Loads the file that the command line names, else gate.yaml beside the configuration, else the defaults. */
export async function loadPolicy(
  wanted: string | undefined,
  config: LoadedConfig,
  io: Io,
): Promise<LoadedPolicy> {
  const beside = join(config.folder, 'gate.yaml');
  const file = wanted === undefined ? (existsSync(beside) ? beside : null) : resolve(io.cwd, wanted);
  return { policy: await readPolicy(file), file };
}
