import { render } from 'ink';
import { App } from './App.tsx';
import type { DashboardHost } from './host.ts';
import type { Area, Document } from './panes/pane.ts';
import { createSession } from './shell/session.ts';
import { lineWriter, screenWriter } from './terminal/frame-writer.ts';
import { inkStdout } from './terminal/ink-stdout.ts';
import { clipboard, ENTER, LEAVE } from './terminal/modes.ts';

/** The user's terminal. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Ends the dashboard, as q does. */
  readonly signal: AbortSignal;
  /** Called with what puts the terminal back, for an end that nobody foresees; null when it is back. */
  readonly onTaken: (giveBack: (() => void) | null) => void;
}

/**
 * Leaves the keys to who comes next. React tells components that they are gone a turn later, and a stream that somebody
 * still waits on to be readable does not heed being paused: the terminal would go on being read beside the editor.
 */
async function letGo(stdin: NodeJS.ReadStream): Promise<void> {
  await turn();
  stdin.removeAllListeners('readable');
  await turn();
  stdin.pause();
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

type Outcome = { readonly kind: 'quit' } | { readonly kind: 'edit'; readonly document: Document };

/** Shows the dashboard until the user leaves it. The terminal is as it was afterwards, whatever happens. */
export async function runDashboard(host: DashboardHost, terminal: Terminal): Promise<void> {
  const { stdin, stdout, signal } = terminal;
  const write = (text: string): void => void stdout.write(text);
  const size = (): Area => ({ columns: stdout.columns, rows: stdout.rows });
  const writer = host.screenReader ? lineWriter(write) : screenWriter(write);
  let end: (outcome: Outcome) => void = () => {};
  let fail: (error: unknown) => void = () => {};

  const session = createSession(host, {
    size: size(),
    fail: (error) => fail(error),
    quit: () => end({ kind: 'quit' }),
    edit: (document) => end({ kind: 'edit', document }),
    copy(text) {
      const sequence = clipboard(text);
      if (sequence !== null) write(sequence);
      return sequence !== null;
    },
  });
  let taken = false;
  const inks = inkStdout(size, (frame) => {
    // Ink draws once more when it ends, and then the terminal may be the user's again.
    if (taken) writer.draw(frame);
  });

  /** Draws until something ends it. */
  async function show(): Promise<Outcome> {
    const outcome = new Promise<Outcome>((resolve, reject) => {
      [end, fail] = [resolve, reject];
      if (signal.aborted) stop();
    });
    const ink = render(<App session={session} />, {
      stdout: inks,
      stdin,
      // Every frame whole, to be drawn by the writer.
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
      isScreenReaderEnabled: host.screenReader,
    });
    const broken = ink.waitUntilExit().then((): Outcome => ({ kind: 'quit' }));
    try {
      return await Promise.race([outcome, broken]);
    } finally {
      taken = false;
      ink.unmount();
      await letGo(stdin);
    }
  }

  function stop(): void {
    end({ kind: 'quit' });
  }
  function resized(): void {
    writer.reset();
    session.resize(size());
  }
  const [enter, leave] = host.screenReader ? ['', ''] : [ENTER, LEAVE];
  function take(): void {
    terminal.onTaken(giveBack);
    write(enter);
    taken = true;
    resized();
  }
  function giveBack(): void {
    terminal.onTaken(null);
    taken = false;
    write(leave);
  }

  signal.addEventListener('abort', stop);
  stdout.on('resize', resized);
  try {
    take();
    for (let outcome = await show(); outcome.kind === 'edit'; outcome = await show()) {
      giveBack();
      await host.edit(outcome.document.name, outcome.document.text).catch(session.complain);
      take();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stdout.off('resize', resized);
    giveBack();
    session.close();
  }
}
