import { KnownError } from '#model/errors.ts';
import type { DashboardHost } from '../host.ts';
import type { KeyName } from '../keys/key.ts';
import { openData, type OpenData } from '../open-data.ts';
import type { Area, PaneHost } from '../panes/pane.ts';
import { problemLines } from '../panes/problem-lines.ts';
import type { Line } from '../screen.ts';
import { createPainter } from '../text/painter.ts';
import { watchSnapshots } from '../watch-snapshots.ts';
import { drawShell } from './draw-shell.ts';
import { createPlaces } from './places.ts';
import { press } from './press.ts';
import { speak } from './speak.ts';
import { tell, type Outlet, type State } from './state.ts';

/** A running dashboard, apart from the terminal that it is on. */
export interface Session {
  readonly press: (key: KeyName) => void;
  readonly resize: (size: Area) => void;
  readonly size: () => Area;
  /** Exactly as many lines as the terminal has rows; fewer for a screen reader. */
  readonly frame: () => readonly string[];
  /** Calls back after each change; several in one turn of the event loop are one. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Grows with each change. */
  readonly version: () => number;
  /** Tells the user of something that went wrong; fails where nobody foresaw it. */
  readonly complain: (error: unknown) => void;
  readonly close: () => void;
}

/** What a session is told by and tells to. */
export interface SessionOptions extends Outlet {
  readonly size: Area;
  readonly fail: (error: unknown) => void;
}

/** Starts a dashboard: it opens the snapshot and shows what there is meanwhile. */
export function createSession(host: DashboardHost, { size, fail, ...outlet }: SessionOptions): Session {
  const listeners = new Set<() => void>();
  let version = 0;
  let soon: NodeJS.Immediate | null = null;
  let closed = false;

  function changed(): void {
    soon ??= setImmediate(() => {
      soon = null;
      version += 1;
      for (const listener of listeners) listener();
    });
  }

  const state: State = {
    host,
    painter: createPainter(host),
    outlet,
    changed,
    fail,
    reload: () => reload('Read again.'),
    size,
    open: null,
    places: null,
    instead: [{ spans: [{ text: 'Opening the snapshot' }] }],
    prompt: null,
    notice: null,
    history: { filter: [], command: [] },
  };
  const paneHost: PaneHost = { painter: state.painter, changed, fail };

  /** Opens one after the other, so that the newest is the one that stays. */
  let opening = Promise.resolve();

  function reload(notice: string | null): void {
    opening = opening.then(() => openNext(notice));
  }

  async function openNext(notice: string | null): Promise<void> {
    try {
      const next = await openData(host);
      if (closed) return next.close();
      replace(next);
      if (notice !== null) tell(state, notice);
    } catch (error) {
      if (!closed) failed(error);
    }
  }

  function replace(next: OpenData): void {
    const before = state.open;
    state.open = next;
    if (state.places === null) state.places = createPlaces(host.screens, next.data, paneHost);
    else state.places.reload(next.data);
    before?.close();
    changed();
  }

  function failed(error: unknown): void {
    if (state.open !== null || !(error instanceof KnownError)) return complain(error);
    state.instead = [...problemLines(error), ...WAITING];
    changed();
  }

  function complain(error: unknown): void {
    if (!(error instanceof KnownError)) return fail(error);
    tell(state, `${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`, 'bad');
  }

  function appeared(id: string): void {
    opening = opening.then(async () => {
      const shown = state.open?.data.snapshot.id ?? null;
      if (shown !== null && shown >= id) return;
      if (host.snapshot === undefined)
        await openNext(shown === null ? null : `Now shows the new snapshot ${id}.`);
      else tell(state, `${id} is newer than the snapshot that --snapshot chose.`);
    });
  }

  reload(null);
  const unwatch = watchSnapshots(host.dataDir, () => state.open?.data.snapshot.id ?? null, appeared);

  return {
    press: (key) => press(state, key),
    resize(next) {
      state.size = next;
      changed();
    },
    size: () => state.size,
    frame: () => (host.screenReader ? speak(state) : drawShell(state)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    complain,
    close() {
      closed = true;
      unwatch();
      state.places?.stop();
      state.open?.close();
      if (soon !== null) clearImmediate(soon);
    },
  };
}

const WAITING: readonly Line[] = [
  { spans: [] },
  { spans: [{ text: 'As soon as there is a snapshot it is shown here.', tone: 'muted' }] },
];
