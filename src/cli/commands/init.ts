import { repeated, withCommon, type CommonOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface InitOptions extends CommonOptions {
  readonly force?: true;
  readonly output?: string;
  readonly dir?: readonly string[];
}

/** `nhi init` */
export const defineInit: Define = (program, io, perform) => {
  withCommon(program.command('init'))
    .summary('write a commented configuration from what is there')
    .description(
      'Looks for credentials of clouds and clusters on this machine, exported files, and who owns what, and writes a ' +
        'configuration that explains every option. Calls no system, and takes names only: no secret gets into the file.',
    )
    .option('--output <file>', 'where to write it (default: --config, or nhi.yaml)')
    .option('--force', 'overwrite a file that is there')
    .option(
      '--dir <dir>',
      'a folder with exported files; may be repeated (default: what lies in the current folder)',
      repeated,
    )
    .addHelpText(
      'after',
      `
Examples:
  nhi init
  nhi init --dir exports --output audit/nhi.yaml`,
    )
    .action(async (options: InitOptions) => {
      const { initAction } = await import('../actions/init.ts');
      await perform(initAction(options, io));
    });
};
