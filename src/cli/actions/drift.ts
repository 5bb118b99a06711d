import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { intentText } from '#drift/intent.ts';
import { UsageError } from '#model/errors.ts';
import type { ExplainedDrift } from '#model/drift.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import type { DriftOptions } from '../commands/drift.ts';
import { approvedAccess } from '../drift/approved-access.ts';
import { explainDrift } from '../drift/explain.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, print, type Io } from '../io.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { driftText } from './drift-text.ts';

/** `nhi drift` */
export async function driftAction(options: DriftOptions, io: Io): Promise<ExitCode> {
  const settings = await loadSettings(options, io);
  if (options.writeBaseline !== undefined) return writeBaseline(options.writeBaseline, options, settings, io);
  const drift = await explainDrift({
    dataDir: settings.dataDir,
    from: options.from ?? null,
    to: laterOf(options) ?? null,
    approved: await approvedAccess(options, settings.config, io.cwd),
    identity: options.identity ?? null,
    signal: io.signal,
  });
  const wanted = options.managedOnly === true ? { ...drift, unmanaged: null } : drift;
  await print(io, textOf(wanted, options, io));
  return EXIT.fine;
}

function laterOf({ to, snapshot }: DriftOptions): string | undefined {
  if (to === undefined || snapshot === undefined || to === snapshot) return to ?? snapshot;
  throw new UsageError('--to and --snapshot say different things', { hint: 'Give one of them.' });
}

async function writeBaseline(
  file: string,
  options: DriftOptions,
  { dataDir }: Settings,
  io: Io,
): Promise<ExitCode> {
  const snapshot = await openSnapshot(dataDir, laterOf(options));
  try {
    await writeFile(resolve(io.cwd, file), await intentText(snapshot, snapshot.info.asOf));
  } finally {
    await snapshot.close();
  }
  if (options.quiet !== true) await note(io, `approved access: ${file}`);
  return EXIT.fine;
}

function textOf(drift: ExplainedDrift, options: DriftOptions, io: Io): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(drift, null, 2)}\n`;
    case 'ndjson':
      return drift.changes.map((change) => `${JSON.stringify(change)}\n`).join('');
    case 'markdown':
    case 'text':
      return driftText(drift, { ...options, markdown: options.format === 'markdown' }, io);
  }
}
