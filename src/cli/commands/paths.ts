import { Option } from 'commander';
import { wholeNumber, withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface PathsOptions extends SnapshotOptions {
  readonly from?: string;
  readonly to?: string;
  readonly format: 'text' | 'json' | 'ndjson';
  readonly limit?: number;
  readonly provider?: true;
}

/** `nhi paths` */
export const definePaths: Define = (program, io, perform) => {
  withSnapshot(program.command('paths'))
    .summary('who can become whom, hop by hop')
    .description(
      'Shows how identities can become administrators or another identity: the hops, and the permissions each uses. ' +
        'An identity that is an administrator already has no hops.',
    )
    .option('--from <identity>', 'only paths of this identity')
    .option('--to <target>', '`admin`, or an identity (default: admin, or with --from everybody)')
    .option('--provider', 'also identities that the provider manages')
    .option('--limit <n>', 'print at most so many', wholeNumber)
    .addOption(
      new Option('--format <format>', 'text, json or ndjson')
        .choices(['text', 'json', 'ndjson'])
        .default('text'),
    )
    .action(async (options: PathsOptions) => {
      const { pathsAction } = await import('../actions/paths.ts');
      await perform(pathsAction(options, io));
    });
};
