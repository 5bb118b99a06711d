import type { Command } from 'commander';
import { complete } from '../completion/complete.ts';
import { SCRIPTS, type Shell } from '../completion/scripts.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';

/** `nhi completion` */
export async function completionAction(shell: Shell, io: Io): Promise<ExitCode> {
  await print(io, SCRIPTS[shell]);
  return EXIT.fine;
}

/**
 * `nhi complete`: a line for each candidate (the word, a tab, what it is), and at the end a line `:files` or `:folders`
 * where names of those fit too.
 */
export async function completeAction(program: Command, words: readonly string[], io: Io): Promise<ExitCode> {
  const { candidates, paths } = await complete(program, words, io);
  const lines = candidates.map(({ word, about }) => `${word}\t${about}\n`);
  await print(io, [...lines, paths === null ? '' : `:${paths}\n`].join(''));
  return EXIT.fine;
}
