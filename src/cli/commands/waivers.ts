import { Option } from 'commander';
import { withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface WaiversOptions extends SnapshotOptions {
  readonly policy?: string;
  readonly format: 'text' | 'json';
}

/** `nhi waivers` */
export const defineWaivers: Define = (program, io, perform) => {
  const waivers = program.command('waivers').summary('check the waivers of findings');
  withSnapshot(waivers.command('check', { isDefault: true }))
    .description(
      'Finds waivers that are expired, about to expire, unused, too long, approved by their owner, too wide, or of no ' +
        'rule. Exit code 4 where one has expired, 2 where a file or a waiver is wrong.',
    )
    .argument('[file...]', 'waiver files (default: those of the configuration)')
    .option('--policy <file>', 'gate policy with the longest days (default: gate.yaml where there is one)')
    .addOption(
      new Option('--format <format>', 'problems as text or json').choices(['text', 'json']).default('text'),
    )
    .action(async (files: readonly string[], options: WaiversOptions) => {
      const { checkWaiversAction } = await import('../actions/waivers.ts');
      await perform(checkWaiversAction(files, options, io));
    });
};
