import type { Filter } from '../filter/parse-filter.ts';
import type { Column, Row } from '../screen.ts';

/** What order rows are in; rows without a value come last, and equal ones by their key. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Which rows, and in what order. */
export interface Ask {
  readonly columns: readonly Column[];
  readonly filter: Filter;
  readonly sort: Sort;
}

/** Rows that are read as they are looked at. */
export interface RowSource {
  /** How many there are; null while that is being counted. */
  readonly total: () => number | null;
  /** The row at a place; undefined while it is not read, or where there is none. */
  readonly row: (index: number) => Row | undefined;
  /** Says which places are on the screen: they are read first, and their neighbours after them. */
  readonly want: (from: number, to: number) => void;
  /** The place of a row, null where it is not among them. */
  readonly indexOf: (key: string) => Promise<number | null>;
  /** All of them in order, for a file. */
  readonly all: () => AsyncIterable<readonly Row[]>;
  /** Ends what is being read; nothing is told after it. */
  readonly stop: () => void;
}

/** Who hears of a source: that something new was read, or that reading failed. */
export interface SourceListener {
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/** The column that a sort compares. */
export function sortKeyOf({ column }: Sort, columns: readonly Column[]): string {
  return columns.find(({ key }) => key === column)?.sortKey ?? column;
}
