import type { Row } from '../screen.ts';
import type { SourceListener } from './row-source.ts';

/** Rows in a page: several screens. */
export const PAGE_ROWS = 200;

/** Pages that are kept: enough to go back and forth without reading again. */
const KEPT = 8;

/** What pages are read with. `signal` ends a read that nobody waits for any more. */
export interface PagesOptions extends SourceListener {
  readonly load: (page: number, signal: AbortSignal) => Promise<readonly Row[]>;
}

/** Pages of rows, read one at a time, those on the screen first. */
export interface Pages {
  readonly row: (index: number) => Row | undefined;
  readonly want: (from: number, to: number, total: number | null) => void;
  readonly stop: () => void;
}

interface Reading {
  readonly page: number;
  readonly abort: AbortController;
}

/** Makes a cache of pages. */
export function createPages({ load, changed, failed }: PagesOptions): Pages {
  // In the order in which they were last looked at.
  const kept = new Map<number, readonly Row[]>();
  let wanted: readonly number[] = [];
  let reading: Reading | null = null;
  let stopped = false;

  function next(): void {
    if (stopped || reading !== null) return;
    const page = wanted.find((each) => !kept.has(each));
    if (page === undefined) return;
    const abort = new AbortController();
    reading = { page, abort };
    load(page, abort.signal)
      .then(
        (rows) => {
          if (stopped) return;
          keep(page, rows);
          changed();
        },
        (error: unknown) => {
          if (stopped || abort.signal.aborted) return;
          wanted = [];
          failed(error);
        },
      )
      .finally(() => {
        reading = null;
        next();
      });
  }

  function keep(page: number, rows: readonly Row[]): void {
    kept.delete(page);
    kept.set(page, rows);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  }

  return {
    row: (index) => kept.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    want(from, to, total) {
      wanted = pagesAround(from, to, total);
      for (const page of wanted) {
        const rows = kept.get(page);
        if (rows !== undefined) keep(page, rows);
      }
      if (reading !== null && !wanted.includes(reading.page)) reading.abort.abort();
      next();
    },
    stop() {
      stopped = true;
      reading?.abort.abort();
    },
  };
}

/** The pages that the places are on, then the one after and the one before them. */
function pagesAround(from: number, to: number, total: number | null): number[] {
  const [first, last] = [Math.floor(from / PAGE_ROWS), Math.floor(Math.max(from, to - 1) / PAGE_ROWS)];
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const end = total === null ? 0 : Math.max(0, Math.ceil(total / PAGE_ROWS) - 1);
  const near = [last + 1, first - 1].filter((page) => page >= 0 && page <= end);
  return [...shown, ...near];
}
