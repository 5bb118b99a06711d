import type { Reader } from '#store/reader.ts';
import type { Row } from '../screen.ts';
import type { KeptSelect } from './keep-select.ts';
import { createPages, PAGE_ROWS } from './pages.ts';
import type { Ask, RowSource, SourceListener } from './row-source.ts';
import { selectSql } from './select-sql.ts';

/**
 * A source of the rows of a kept select: pages of it are read as they are wanted and forgotten when many others were,
 * so that a hundred thousand rows weigh no more here than a hundred.
 */
export function selectSource(
  reader: Reader,
  { table }: KeptSelect,
  ask: Ask,
  listener: SourceListener,
): RowSource {
  const statements = table.then((name) => selectSql(`FROM ${name}`, ask));
  statements.catch(() => {});
  const stopping = new AbortController();
  let total: number | null = null;

  function settle(found: number): void {
    if (total === found) return;
    total = found;
    listener.changed();
  }

  const pages = createPages({
    async load(page, signal) {
      const start = page * PAGE_ROWS;
      const rows = await reader.all<Row>(...(await statements).page(start, PAGE_ROWS, total), signal);
      if (rows.length > 0 && rows.length < PAGE_ROWS) settle(start + rows.length);
      return rows;
    },
    ...listener,
  });

  async function count(): Promise<void> {
    const [row] = await reader.all<{ n: number }>(...(await statements).count(), stopping.signal);
    settle(row?.n ?? 0);
  }

  count().catch((error: unknown) => {
    if (!stopping.signal.aborted) listener.failed(error);
  });

  return {
    total: () => total,
    row: (index) => pages.row(index),
    want: (from, to) => pages.want(from, to, total),
    async indexOf(key) {
      const [row] = await reader.all<{ place: number }>(...(await statements).place(key), stopping.signal);
      return row?.place ?? null;
    },
    async *all() {
      yield* reader.stream<Row>(...(await statements).everything());
    },
    stop() {
      stopping.abort();
      pages.stop();
    },
  };
}
