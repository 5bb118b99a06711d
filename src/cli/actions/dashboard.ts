import { isAbsolute, relative } from 'node:path';
import { UsageError } from '#model/errors.ts';
import { csvLines } from '#reports/csv/table.ts';
import type { DashboardOptions } from '../commands/dashboard.ts';
import { editFile } from '../dashboard/edit-file.ts';
import { asciiFor, screenReaderFor, themeFor } from '../dashboard/look.ts';
import { saveFile } from '../dashboard/save-file.ts';
import { dashboardData } from '../dashboard/data.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadSettings } from '../settings.ts';
import { sanitise } from '../terminal/sanitise.ts';

/** `nhi dashboard` */
export async function dashboardAction(options: DashboardOptions, io: Io): Promise<ExitCode> {
  const { stdin, stdout } = terminalOf(io);
  const settings = await loadSettings(options, io);
  // React checks itself, and keeps what it measures, where it is not told to be in production.
  process.env['NODE_ENV'] ??= 'production';
  const [{ runDashboard }, { SCREENS }] = await Promise.all([
    import('#dashboard/run-dashboard.tsx'),
    import('#dashboard/screens/index.ts'),
  ]);
  let giveBack: (() => void) | null = null;
  const onExit = (): void => giveBack?.();
  process.on('exit', onExit);
  // Ink ends the process by the signal where nobody else listens, and by then main.ts has heard it and does no more.
  for (const signal of SIGNALS) process.on(signal, stay);
  try {
    await runDashboard(
      {
        screens: SCREENS,
        dataDir: settings.dataDir,
        dataName: nameFrom(io.cwd, settings.dataDir),
        snapshot: options.snapshot,
        ascii: asciiFor(options, io),
        theme: themeFor(options, io),
        screenReader: screenReaderFor(options, io),
        sanitise,
        csvLine: (cells) => [...csvLines([], [cells])].at(-1) ?? '',
        given: (snapshot) => dashboardData(snapshot, settings, io),
        save: (name, parts) => saveFile(io.cwd, name, parts),
        edit: (name, text) => editFile(name, text, io),
      },
      {
        stdin,
        stdout,
        signal: io.signal,
        onTaken: (back) => {
          giveBack = back;
        },
      },
    );
  } finally {
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, stay);
  }
  return io.signal.aborted ? EXIT.interrupted : EXIT.fine;
}

/** A folder below the current one by the way there, any other in full. */
function nameFrom(cwd: string, folder: string): string {
  const way = relative(cwd, folder);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? folder : way;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A signal is main.ts's to act on: it ends the dashboard as q does. */
function stay(): void {}

/** The terminal that the dashboard is on. Throws UsageError where there is none. */
function terminalOf({ stdin, stdout }: Io): {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
} {
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    throw new UsageError('the dashboard needs a terminal, and this is none', {
      hint: 'nhi findings prints the same for a pipe or a file; nhi report writes a page.',
    });
  }
  // What says that it is a terminal is one: Node makes no other streams with isTTY.
  return { stdin: stdin as NodeJS.ReadStream, stdout: stdout as NodeJS.WriteStream };
}
