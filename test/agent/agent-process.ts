import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A line of the log. */
export type Logged = { readonly event: string } & Readonly<Record<string, unknown>>;

/** The agent in a process of its own. */
export interface AgentProcess {
  readonly log: readonly Logged[];
  /** Waits until an event was logged so often; throws where the process ends before. */
  readonly until: (event: string, times?: number) => Promise<Logged>;
  /** Sends a signal and waits for the end: the exit code, or the signal that killed it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
  /** Waits for the end, which comes by itself. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly text: () => string;
}

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const PATIENCE_MS = 300_000;

/** Starts `nhi agent` in a folder. `stderr`: where its log goes instead of to the test. */
export function startAgent(folder: string, words: readonly string[] = [], stderr?: number): AgentProcess {
  const stdio: StdioOptions = ['ignore', 'ignore', stderr ?? 'pipe'];
  const loader = ['--import', import.meta.resolve('tsx'), '--conditions=source', MAIN];
  const child = spawn(process.execPath, [...loader, 'agent', ...words], { cwd: folder, stdio });
  const log: Logged[] = [];
  let text = '';
  if (child.stderr !== null) {
    createInterface(child.stderr).on('line', (line) => {
      text += `${line}\n`;
      if (line.startsWith('{')) log.push(JSON.parse(line) as Logged);
    });
  }
  const ended = once(child, 'close').then(
    ([code, signal]) => (signal ?? code) as number | NodeJS.Signals | null, // what Node documents for `close`
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    log,
    text: () => text,
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
    until: async (event, times = 1) => {
      const since = performance.now();
      for (;;) {
        const found = log.filter((each) => each.event === event);
        const last = found[times - 1];
        if (last !== undefined) return last;
        const over = child.exitCode !== null || child.signalCode !== null;
        if (over || performance.now() - since > PATIENCE_MS) throw new Error(`no ${event} in:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
