import { Option } from 'commander';
import { list, listOf, repeated, withCommon, type CommonOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface ScanCommandOptions extends CommonOptions {
  readonly import?: readonly string[];
  readonly system?: readonly ('aws' | 'azure' | 'gcp' | 'kubernetes')[];
  readonly asOf?: string;
  readonly rules?: readonly string[];
  readonly requireComplete?: true;
  readonly format: 'text' | 'json';
}

/** `nhi scan` */
export const defineScan: Define = (program, io, perform) => {
  withCommon(program.command('scan'))
    .summary('take an inventory and run the rules on it')
    .description(
      'Reads the systems that the configuration names, or that this machine has credentials for, or exported files ' +
        'instead; works out what every identity can do, runs the rules, and publishes the result as a new snapshot. ' +
        'What a file is, is told by its content.',
    )
    .option('--import <path>', 'file or folder with exports; may be repeated', repeated)
    .option('--system <list>', 'only these systems', listOf(['aws', 'azure', 'gcp', 'kubernetes']))
    .option('--as-of <time>', 'the time that ages are measured at (default: now)')
    .option('--rules <dir>', 'folder with rules of your own; may be repeated', list)
    .option('--require-complete', 'exit with 3 where the collection has gaps')
    .addOption(
      new Option('--format <format>', 'summary as text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      `
Examples:
  nhi scan                              the targets in nhi.yaml, live
  nhi scan --import exports/            everything in a folder
  nhi scan --import account.json --import cluster.yaml
  nhi scan --import exports/ --as-of 2026-11-20`,
    )
    .action(async (options: ScanCommandOptions) => {
      const { scanAction } = await import('../actions/scan.ts');
      await perform(scanAction(options, io));
    });
};
