import { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';

/** The program with every command, whose commands do nothing: for looking at it, and for parsing alone. */
export function programForTest(): Command {
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const program = buildProgram(
    {
      stdout: nowhere(),
      stderr: nowhere(),
      stdin: Readable.from([]),
      env: {},
      cwd: '/',
      now: () => new Date('2026-11-20T12:00:00Z'),
      signal: new AbortController().signal,
    },
    () => Promise.resolve(),
  );
  doNothing(program);
  return program;
}

function doNothing(command: Command): void {
  // A command with subcommands and no action of its own shows its help: an action would change what parses.
  if (command.commands.length === 0) command.action(() => undefined);
  for (const each of command.commands) doNothing(each);
}
