import type { Line, ListScreen, Row, ScreenData } from '../screen.ts';
import { problemLines } from './problem-lines.ts';
import type { PaneHost } from './pane.ts';

/** How long the cursor must rest on a row before its preview is read, in milliseconds. */
const REST_MS = 60;
const KEPT = 50;

/** Previews of rows, read when the cursor rests. */
export interface Previews {
  /** The lines for a row; those of another stay until they are read. */
  readonly of: (row: Row) => readonly Line[];
  readonly stop: () => void;
}

/** Makes the previews of a list over one snapshot. */
export function createPreviews(screen: ListScreen, data: ScreenData, host: PaneHost): Previews {
  const kept = new Map<string, readonly Line[]>();
  let timer: NodeJS.Timeout | undefined;
  let waiting: string | null = null;
  let shown: readonly Line[] = [];
  let stopped = false;

  async function read(row: Row): Promise<void> {
    const lines = await (screen.preview?.(row, data) ?? Promise.resolve([])).catch(problemLines);
    if (stopped) return;
    if (kept.size >= KEPT) kept.clear();
    kept.set(row.key, lines);
    if (waiting === row.key) waiting = null;
    host.changed();
  }

  return {
    of(row) {
      const known = kept.get(row.key);
      if (known !== undefined) {
        shown = known;
        return known;
      }
      if (waiting !== row.key) {
        waiting = row.key;
        clearTimeout(timer);
        timer = setTimeout(() => {
          read(row).catch((error: unknown) => {
            if (!stopped) host.fail(error);
          });
        }, REST_MS);
      }
      return shown;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
