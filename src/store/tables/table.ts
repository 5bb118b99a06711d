import type { Feed } from '#model/scope.ts';
import type { ColumnFor } from '../columns.ts';

/** A table that holds `Row`s: a column for each field, no more and no fewer, which the compiler checks. */
export interface Table<Row> {
  readonly about: string;
  /** The feed that fills it, as coverage calls it; null: no feed, or the scan derives it. */
  readonly feed: Feed | null;
  readonly columns: { readonly [Field in keyof Row & string]-?: ColumnFor<Field, Row[Field]> };
}
