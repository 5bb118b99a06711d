import { createListPane } from '../panes/list-pane.ts';
import { createPagePane } from '../panes/page-pane.ts';
import type { Pane, PaneData, PaneHost } from '../panes/pane.ts';
import type { Link, Screen, ScreenSet } from '../screen.ts';

/** A screen as it was opened. */
export interface View {
  readonly screen: Screen;
  readonly subject: string | undefined;
  readonly pane: Pane;
}

/** Where the user is, and the way there: every numbered screen keeps what was opened from it. */
export interface Places {
  readonly tab: () => number;
  readonly view: () => View;
  /** From the numbered screen to the current one. */
  readonly way: () => readonly View[];
  readonly goTo: (tab: number) => void;
  /** Opens a screen over the current one; false where there is none of this id. */
  readonly open: (link: Link) => boolean;
  readonly show: (screen: Screen, subject?: string) => void;
  /** Back by one; false at the numbered screen itself. */
  readonly back: () => boolean;
  /** Leaves everything that was opened over the numbered screen. */
  readonly toRoot: () => void;
  readonly reload: (data: PaneData) => void;
  readonly stop: () => void;
}

/** Starts at the first numbered screen. Screens that were never looked at read nothing. */
export function createPlaces({ tabs, inner }: ScreenSet, first: PaneData, host: PaneHost): Places {
  const ways = new Map<number, View[]>();
  let data = first;
  let tab = 0;

  function viewOf(screen: Screen, subject?: string, filter?: string): View {
    const pane =
      screen.kind === 'list'
        ? createListPane(screen, data, host, filter)
        : createPagePane(screen, subject, data, host);
    return { screen, subject, pane };
  }

  function way(): View[] {
    const known = ways.get(tab);
    if (known !== undefined) return known;
    const screen = tabs[tab];
    if (screen === undefined) throw new Error(`there is no screen number ${tab + 1}`);
    const started = [viewOf(screen)];
    ways.set(tab, started);
    return started;
  }

  function view(): View {
    const last = way().at(-1);
    if (last === undefined) throw new Error('a way begins at a numbered screen');
    return last;
  }

  function back(): boolean {
    if (way().length < 2) return false;
    way().pop()?.pane.stop();
    host.changed();
    return true;
  }

  return {
    tab: () => tab,
    view,
    way,
    goTo(next) {
      if (next >= 0 && next < tabs.length) tab = next;
      host.changed();
    },
    open({ screen: id, subject, filter }) {
      const screen = [...inner, ...tabs].find((each) => each.id === id);
      if (screen === undefined) return false;
      way().push(viewOf(screen, subject, filter));
      host.changed();
      return true;
    },
    show(screen, subject) {
      way().push(viewOf(screen, subject));
      host.changed();
    },
    back,
    toRoot() {
      while (back());
    },
    reload(next) {
      data = next;
      for (const views of ways.values()) for (const { pane } of views) pane.reload(next);
    },
    stop() {
      for (const views of ways.values()) for (const { pane } of views) pane.stop();
    },
  };
}
