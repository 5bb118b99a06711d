import { Argument } from 'commander';
import { SHELLS, type Shell } from '../completion/scripts.ts';
import type { Define } from '../program.ts';

/** `nhi completion` */
export const defineCompletion: Define = (program, io, perform) => {
  program
    .command('completion')
    .summary('print what makes a shell complete nhi’s command lines')
    .description(
      'Prints a script that makes a shell complete commands, options and their values: rules, snapshots, formats, ' +
        'revocations. The script asks nhi itself, so that it fits whatever version is installed.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  source <(nhi completion bash)                                in ~/.bashrc
  nhi completion zsh > "\${fpath[1]}/_nhi"                      once
  nhi completion fish > ~/.config/fish/completions/nhi.fish    once`,
    )
    .action(async (shell: Shell) => {
      const { completionAction } = await import('../actions/completion.ts');
      await perform(completionAction(shell, io));
    });
};

/** `nhi complete`: what the scripts of `nhi completion` ask. */
export const defineComplete: Define = (program, io, perform) => {
  program
    .command('complete', { hidden: true })
    .description('Prints what can stand in place of the last word, for the scripts of nhi completion.')
    .argument('[words...]', 'the words after nhi, up to the cursor')
    .action(async (words: readonly string[]) => {
      const { completeAction } = await import('../actions/completion.ts');
      await perform(completeAction(program, words, io));
    });
};
