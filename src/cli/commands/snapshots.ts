import { Option } from 'commander';
import { wholeNumber, withCommon, type CommonOptions } from '../options.ts';
import type { RowFormat } from '../terminal/print-rows.ts';
import type { Define } from '../program.ts';

export interface SnapshotsOptions extends CommonOptions {
  readonly format: RowFormat;
}

export interface PruneOptions extends CommonOptions {
  readonly keep?: number;
  readonly olderThan?: string;
  readonly dryRun?: true;
}

/** `nhi snapshots` */
export const defineSnapshots: Define = (program, io, perform) => {
  const snapshots = program.command('snapshots').summary('list and prune what was scanned');
  withCommon(snapshots.command('list', { isDefault: true }))
    .description('Lists the snapshots, newest first.')
    .addOption(
      new Option('--format <format>', 'how to print rows')
        .choices(['table', 'json', 'csv', 'ndjson'])
        .default('table'),
    )
    .action(async (options: SnapshotsOptions) => {
      const { snapshotsAction } = await import('../actions/snapshots.ts');
      await perform(snapshotsAction(options, io));
    });
  withCommon(snapshots.command('prune'))
    .description('Removes old snapshots. The newest one always stays.')
    .option(
      '--keep <n>',
      'keep so many of the newest (default: snapshots.keep of the configuration)',
      wholeNumber,
    )
    .option('--older-than <days>', 'remove only those older than so many days, as 30 or 30d')
    .option('--dry-run', 'only say what would be removed')
    .action(async (options: PruneOptions) => {
      const { pruneAction } = await import('../actions/snapshots.ts');
      await perform(pruneAction(options, io));
    });
};
