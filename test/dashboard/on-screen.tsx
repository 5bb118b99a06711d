import { render } from 'ink-testing-library';
import { onTestFinished } from 'vitest';
import { App } from '#dashboard/App.tsx';
import type { DashboardHost } from '#dashboard/host.ts';
import type { Area, Document } from '#dashboard/panes/pane.ts';
import { createSession } from '#dashboard/shell/session.ts';

/** A dashboard on a terminal of tests. */
export interface OnScreen {
  /** The lines of the last frame, without the spaces at their ends. */
  readonly lines: () => string[];
  /** Types text or sequences of keys, each given one by itself. */
  readonly type: (...keys: readonly string[]) => void;
  /** Waits until the frame holds a text; fails with the frame where it does not. */
  readonly until: (text: string | RegExp) => Promise<void>;
  readonly resize: (size: Area) => void;
  readonly frames: readonly string[];
  readonly copied: readonly string[];
  readonly edited: readonly Document[];
  readonly ended: () => boolean;
}

const PATIENCE_MS = 8000;

/** Starts a dashboard on a terminal of this size; it ends with the test. */
export function onScreen(host: DashboardHost, size: Area): OnScreen {
  const copied: string[] = [];
  const edited: Document[] = [];
  const failures: unknown[] = [];
  let ended = false;
  const session = createSession(host, {
    size,
    fail: (error) => failures.push(error),
    quit: () => {
      ended = true;
    },
    edit: (document) => edited.push(document),
    copy: (text) => copied.push(text) > 0,
  });
  const ink = render(<App session={session} />);
  // The library's terminal has 100 columns.
  Object.defineProperty(ink.stdout, 'columns', { get: () => session.size().columns });
  onTestFinished(() => {
    ink.unmount();
    session.close();
  });

  const frame = (): string => ink.lastFrame() ?? '';
  return {
    lines: () =>
      frame()
        .split('\n')
        .map((line) => line.trimEnd()),
    type(...keys) {
      for (const key of keys) ink.stdin.write(key);
    },
    async until(text) {
      const end = performance.now() + PATIENCE_MS;
      const there = (): boolean => (typeof text === 'string' ? frame().includes(text) : text.test(frame()));
      while (!there()) {
        if (failures.length > 0) throw failures[0];
        if (performance.now() > end) throw new Error(`${String(text)} did not appear:\n${frame()}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    resize: (next) => session.resize(next),
    frames: ink.frames,
    copied,
    edited,
    ended: () => ended,
  };
}

/** Waits until the screen shows a text. */
export async function expectShown(screen: OnScreen, text: string | RegExp): Promise<void> {
  await screen.until(text);
}
