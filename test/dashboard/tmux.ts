import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether there is a tmux to drive. */
export const HAS_TMUX = spawnSync('tmux', ['-V']).status === 0;

/** A terminal in tmux with a shell in it. */
export interface Tmux {
  /** Presses keys by tmux's names, or types text. */
  readonly keys: (...keys: readonly string[]) => Promise<void>;
  readonly line: (text: string) => Promise<void>;
  readonly screen: () => Promise<string>;
  readonly until: (text: string | RegExp) => Promise<string>;
  /** Something that tmux knows of the terminal: `alternate_on`, `cursor_flag`. */
  readonly state: (format: string) => Promise<string>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  readonly clipboard: () => Promise<string>;
  readonly end: () => Promise<void>;
}

const PATIENCE_MS = 60_000;
let started = 0;

/** Starts a shell in a terminal of its own: a server that nothing else uses. */
export async function startTmux(columns: number, rows: number, cwd: string): Promise<Tmux> {
  started += 1;
  const server = `nhi-test-${process.pid}-${started}`;
  const tmux = async (...words: readonly string[]): Promise<string> => {
    const { stdout } = await run('tmux', ['-u', '-L', server, '-f', '/dev/null', ...words]);
    return stdout;
  };
  const size = ['-x', String(columns), '-y', String(rows)];
  await tmux('new-session', '-d', ...size, '-c', cwd, 'env LANG=C.UTF-8 PS1="ready> " sh');
  await tmux('set-option', '-s', 'set-clipboard', 'on');

  const screen = (): Promise<string> => tmux('capture-pane', '-p');
  return {
    keys: async (...keys) => void (await tmux('send-keys', ...keys)),
    line: async (text) => void (await tmux('send-keys', text, 'Enter')),
    screen,
    async until(text) {
      const end = performance.now() + PATIENCE_MS;
      for (;;) {
        const shown = await screen();
        if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return shown;
        if (performance.now() > end) throw new Error(`${String(text)} did not appear:\n${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    state: async (format) => (await tmux('display-message', '-p', `#{${format}}`)).trim(),
    resize: async (x, y) => void (await tmux('resize-window', '-x', String(x), '-y', String(y))),
    clipboard: () => tmux('show-buffer'),
    end: async () => void (await tmux('kill-server').catch(() => '')),
  };
}
