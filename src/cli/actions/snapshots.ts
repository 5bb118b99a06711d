import { listSnapshots } from '#store/read/list-snapshots.ts';
import { pruneSnapshots } from '#store/write/prune-snapshots.ts';
import { UsageError } from '#model/errors.ts';
import type { PruneOptions, SnapshotsOptions } from '../commands/snapshots.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { loadSettings } from '../settings.ts';
import { printRows } from '../terminal/print-rows.ts';

const DAY = 86_400_000;

/** `nhi snapshots list` */
export async function snapshotsAction(options: SnapshotsOptions, io: Io): Promise<ExitCode> {
  const { dataDir } = await loadSettings(options, io);
  const rows = await listSnapshots(dataDir);
  await printRows(io, rows, {
    columns: [
      { title: 'SNAPSHOT', value: (row) => row.id },
      { title: 'AS OF', value: (row) => row.asOf ?? '' },
      {
        title: 'IDENTITIES',
        value: (row) => (row.identities === null ? '' : String(row.identities)),
        align: 'right',
      },
      {
        title: 'FINDINGS',
        value: (row) => (row.findings === null ? '' : String(row.findings)),
        align: 'right',
      },
      { title: 'SIZE', value: (row) => `${(row.bytes / 1e6).toFixed(1)} MB`, align: 'right' },
      { title: 'PROBLEM', value: (row) => row.problem ?? '', flexible: true },
    ],
    format: options.format,
    colour: options.color,
    empty: 'No snapshots yet. Take one with: nhi scan --import PATH',
  });
  return EXIT.fine;
}

/** `nhi snapshots prune` */
export async function pruneAction(options: PruneOptions, io: Io): Promise<ExitCode> {
  const { config, dataDir } = await loadSettings(options, io);
  const days = options.olderThan === undefined ? undefined : daysOf(options.olderThan);
  const removed = await pruneSnapshots(dataDir, {
    keep: options.keep ?? (days === undefined ? config.snapshots.keep : 1),
    ...(days === undefined ? {} : { olderThan: new Date(io.now().getTime() - days * DAY).toISOString() }),
    dryRun: options.dryRun === true,
  });
  const verb = options.dryRun === true ? 'Would remove' : 'Removed';
  await print(
    io,
    removed.length === 0 ? 'Nothing to remove.\n' : removed.map((id) => `${verb} ${id}\n`).join(''),
  );
  return EXIT.fine;
}

function daysOf(text: string): number {
  const match = /^(\d+)d?$/u.exec(text);
  if (match === null) {
    throw new UsageError(`--older-than ${text}: not a number of days`, { hint: 'Write it as 30 or 30d.' });
  }
  return Number(match[1]);
}
