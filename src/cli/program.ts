import { Command, CommanderError } from 'commander';
import { defineAgent } from './commands/agent.ts';
import { defineCan } from './commands/can.ts';
import { defineComplete, defineCompletion } from './commands/completion.ts';
import { defineDashboard } from './commands/dashboard.ts';
import { defineDoctor } from './commands/doctor.ts';
import { defineDrift } from './commands/drift.ts';
import { defineFindings } from './commands/findings.ts';
import { defineGate } from './commands/gate.ts';
import { defineIdentities } from './commands/identities.ts';
import { defineLedger } from './commands/ledger.ts';
import { defineInit } from './commands/init.ts';
import { defineKpi } from './commands/kpi.ts';
import { definePaths } from './commands/paths.ts';
import { definePermissions } from './commands/permissions.ts';
import { defineReport } from './commands/report.ts';
import { defineRevoke } from './commands/revoke.ts';
import { defineRules } from './commands/rules.ts';
import { defineScan } from './commands/scan.ts';
import { defineShow } from './commands/show.ts';
import { defineSnapshots } from './commands/snapshots.ts';
import { defineSql } from './commands/sql.ts';
import { defineWaivers } from './commands/waivers.ts';
import { defineWhoCan } from './commands/who-can.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { note, type Io } from './io.ts';
import { VERSION } from './version.ts';

/** Adds one command to the program. Definitions are light; what does the work is loaded when it is called. */
export type Define = (
  program: Command,
  io: Io,
  perform: (action: Promise<ExitCode>) => Promise<void>,
) => void;

const COMMANDS: readonly Define[] = [
  defineScan,
  defineFindings,
  defineIdentities,
  defineShow,
  defineCan,
  defineWhoCan,
  definePaths,
  defineDrift,
  defineReport,
  defineRules,
  defineGate,
  defineWaivers,
  defineKpi,
  defineRevoke,
  defineLedger,
  defineDashboard,
  defineSql,
  defineSnapshots,
  definePermissions,
  defineAgent,
  defineDoctor,
  defineInit,
  defineCompletion,
  defineComplete,
];

/** Runs one command line; resolves to the exit code and never rejects. */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const program = buildProgram(io, async (action) => {
    code = await action;
  });
  try {
    if (words.length === 0) {
      program.outputHelp();
      return EXIT.usage;
    }
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    return tell(error, io);
  }
}

/** The program with every command; `perform` is given what a command does. Parsing throws `CommanderError` for usage. */
export function buildProgram(io: Io, perform: (action: Promise<ExitCode>) => Promise<void>): Command {
  const program = new Command('nhi')
    .description(
      'Inventories non-human identities, works out what they can do, and shows what is wrong with them.',
    )
    .version(VERSION, '-V, --version')
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
    .showHelpAfterError('(nhi --help lists the commands, nhi COMMAND --help the options)')
    .exitOverride();
  // exitOverride and the output are settings of each command, and are copied when a command is made by `.command()`.
  for (const define of COMMANDS) define(program, io, perform);
  return program;
}

async function tell(error: unknown, io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  const { describeError } = await import('./describe-error.ts');
  const { text, code } = describeError(error, io.signal.aborted);
  await note(io, text);
  return code;
}
