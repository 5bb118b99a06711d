import { observe, type CollectedRecords, type Observation } from '#model/record.ts';

/** Where readers put their rows until the importer hands them on. */
export interface Rows {
  readonly emit: <T extends keyof CollectedRecords>(table: T, row: CollectedRecords[T]) => void;
  /** The rows since the last time where there are enough of them to hand on, or all with `rest`; else none. */
  readonly take: (rest?: 'rest') => readonly Observation[] | null;
}

const ENOUGH = 500;

/** An empty collection of rows. */
export function createRows(): Rows {
  let waiting: Observation[] = [];
  return {
    emit: (table, row) => {
      waiting.push(observe(table, row));
    },
    take: (rest) => {
      if (waiting.length === 0 || (rest === undefined && waiting.length < ENOUGH)) return null;
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}
