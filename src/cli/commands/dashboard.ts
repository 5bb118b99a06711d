import { Option } from 'commander';
import { withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface DashboardOptions extends SnapshotOptions {
  readonly ascii?: true;
  readonly theme?: 'dark' | 'light';
  readonly screenReader?: true;
}

/** `nhi dashboard` */
export const defineDashboard: Define = (program, io, perform) => {
  withSnapshot(program.command('dashboard'))
    .summary('look around a snapshot in the terminal')
    .description(
      'Shows findings, identities, paths, drift and coverage in the terminal. It only looks: it never changes a system or a snapshot. ? lists its keys.',
    )
    .option('--ascii', 'draw with ASCII characters alone')
    .addOption(
      new Option(
        '--theme <theme>',
        'colours for a dark or a light background (default: as COLORFGBG says)',
      ).choices(['dark', 'light']),
    )
    .option('--screen-reader', 'print lines instead of drawing; INK_SCREEN_READER=true does the same')
    .action(async (options: DashboardOptions) => {
      const { dashboardAction } = await import('../actions/dashboard.ts');
      await perform(dashboardAction(options, io));
    });
};
