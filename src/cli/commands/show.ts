import { Option } from 'commander';
import { withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface ShowOptions extends SnapshotOptions {
  readonly history?: true;
  readonly format: 'text' | 'json';
}

/** `nhi show` */
export const defineShow: Define = (program, io, perform) => {
  withSnapshot(program.command('show'))
    .summary('one identity, whole')
    .description(
      'Shows everything that a snapshot knows of one identity: credentials, grants, what it can do, who can become ' +
        'it, evidence of use, owner, findings.',
    )
    .argument('<identity>', 'a uid, a name, or a part of one that only one identity has')
    .option('--history', 'what changed about it over the last snapshots instead')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (identity: string, options: ShowOptions) => {
      const { showAction } = await import('../actions/show.ts');
      await perform(showAction(identity, options, io));
    });
};
