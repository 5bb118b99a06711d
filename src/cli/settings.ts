import { resolve } from 'node:path';
import { loadConfig, type LoadedConfig } from '#config/load-config.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import type { Io } from './io.ts';
import type { CommonOptions, SnapshotOptions } from './options.ts';

/** The configuration, with what the command line says over it. */
export interface Settings {
  readonly config: LoadedConfig;
  readonly dataDir: string;
}

/** Loads the configuration and settles where the data is. */
export async function loadSettings(options: CommonOptions, io: Io): Promise<Settings> {
  const config = await loadConfig(options.config, io.cwd);
  return { config, dataDir: options.data === undefined ? config.data : resolve(io.cwd, options.data) };
}

/** Opens the snapshot that the options choose, does the work, and closes it whatever happens. */
export async function onSnapshot<Result>(
  options: SnapshotOptions,
  io: Io,
  work: (snapshot: Snapshot, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = await loadSettings(options, io);
  const snapshot = await openSnapshot(settings.dataDir, options.snapshot);
  try {
    return await work(snapshot, settings);
  } finally {
    await snapshot.close();
  }
}
