import type { BrowsedSnapshot } from '#store/read/open-to-browse.ts';

/** What a select gives, computed once and kept beside the snapshot for every filter, sort and page. */
export interface KeptSelect {
  /** The table that the rows are in, once they are; rejects as the select does. */
  readonly table: Promise<string>;
  readonly drop: () => void;
}

/** Keeps the rows of a select. */
export function keepSelect(keep: BrowsedSnapshot['keep'], select: string): KeptSelect {
  const making = new AbortController();
  const kept = keep(select, making.signal);
  const table = kept.then((rows) => rows.table);
  // Who waits for the table hears of its failure; often nobody does any more.
  table.catch(() => {});
  return {
    table,
    drop() {
      making.abort();
      // A table that was never made, or whose snapshot is closed, is gone already.
      kept.then((rows) => rows.drop()).catch(() => {});
    },
  };
}
