/** The DuckDB types that tables use. Times are in UTC; JSON columns hold what a provider said. */
export type ColumnType =
  'VARCHAR' | 'BOOLEAN' | 'BIGINT' | 'UBIGINT' | 'DOUBLE' | 'TIMESTAMP' | 'JSON' | 'VARCHAR[]';

/** One column: its type, whether it may be NULL, and what it says to somebody who writes SQL. */
export interface Column<Type extends ColumnType = ColumnType, Nullable extends boolean = boolean> {
  readonly type: Type;
  readonly nullable: Nullable;
  readonly about: string;
}

/** The column that a model field must have, told from the field's name and type. */
export type ColumnFor<Field, Value> = Column<
  TypeFor<Field, Exclude<Value, null>>,
  null extends Value ? true : false
>;

/** Instants are strings to the compiler, so a time is recognised by its field's name. */
type TypeFor<Field, Value> = [Value] extends [boolean]
  ? 'BOOLEAN'
  : [Value] extends [number]
    ? 'BIGINT'
    : [Value] extends [string]
      ? Field extends `${string}At` | 'windowStart' | 'windowEnd'
        ? 'TIMESTAMP'
        : 'VARCHAR'
      : [Value] extends [readonly string[]]
        ? 'VARCHAR[]'
        : 'JSON';

/** A text that every row has. */
export function text(about: string): Column<'VARCHAR', false> {
  return { type: 'VARCHAR', nullable: false, about };
}

/** A text that may be missing; `about` says what NULL means. */
export function optionalText(about: string): Column<'VARCHAR', true> {
  return { type: 'VARCHAR', nullable: true, about };
}

/** Yes or no, known for every row. */
export function flag(about: string): Column<'BOOLEAN', false> {
  return { type: 'BOOLEAN', nullable: false, about };
}

/** Yes, no, or NULL for not known. */
export function optionalFlag(about: string): Column<'BOOLEAN', true> {
  return { type: 'BOOLEAN', nullable: true, about };
}

/** A whole number. */
export function count(about: string): Column<'BIGINT', false> {
  return { type: 'BIGINT', nullable: false, about };
}

/** A whole number that may be missing; `about` says what NULL means. */
export function optionalCount(about: string): Column<'BIGINT', true> {
  return { type: 'BIGINT', nullable: true, about };
}

/** A number that may be missing; `about` says what NULL means. */
export function optionalNumber(about: string): Column<'DOUBLE', true> {
  return { type: 'DOUBLE', nullable: true, about };
}

/** A time in UTC that every row has. */
export function time(about: string): Column<'TIMESTAMP', false> {
  return { type: 'TIMESTAMP', nullable: false, about };
}

/** A time in UTC that may be missing; `about` says what NULL means. */
export function optionalTime(about: string): Column<'TIMESTAMP', true> {
  return { type: 'TIMESTAMP', nullable: true, about };
}

/** Any JSON, stored with its keys sorted; a JSON null is stored as NULL. */
export function json(about: string): Column<'JSON', true> {
  return { type: 'JSON', nullable: true, about };
}

/** A JSON object from text to text. */
export function tags(about: string): Column<'JSON', false> {
  return { type: 'JSON', nullable: false, about };
}

/** A list of texts, perhaps empty. */
export function list(about: string): Column<'VARCHAR[]', false> {
  return { type: 'VARCHAR[]', nullable: false, about };
}

/** `lastUsedAt` becomes `last_used_at`: how tables and columns are named after the model. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
