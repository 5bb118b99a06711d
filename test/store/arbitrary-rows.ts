import fc from 'fast-check';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { Column, ColumnType } from '#store/columns.ts';
import { TABLE_NAMES, TABLES } from '#store/tables.ts';

/** Texts as hostile systems write them: any code unit, also halves of surrogate pairs, NUL, markup, escapes. */
const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\uD83D',
    '\\ud83d',
    '\\\\ud83d',
    "'); DROP TABLE x; --",
    '\u202Eevil',
    'null',
    '{}',
  ),
);

const time = fc
  .oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.constantFrom(-8.64e15, 8.64e15, 0, -1, Date.UTC(1, 0, 1), Date.UTC(9999, 11, 31)),
  )
  .map((milliseconds) => new Date(milliseconds).toISOString());

const json = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      hostileText,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(hostileText, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  .value.map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const BY_TYPE: Readonly<Record<ColumnType, fc.Arbitrary<unknown>>> = {
  VARCHAR: hostileText,
  BOOLEAN: fc.boolean(),
  BIGINT: fc.maxSafeInteger(),
  UBIGINT: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  DOUBLE: fc.double({ noNaN: true, noDefaultInfinity: true }),
  TIMESTAMP: time,
  JSON: json,
  'VARCHAR[]': fc.array(hostileText, { maxLength: 5 }),
};

/** Rows of every table. */
export type Tables = { readonly [T in TableName]: readonly SnapshotRecords[T][] };

/** Rows of every table with any content that its columns can hold; uids, where there are, differ. */
export const arbitraryTables: fc.Arbitrary<Tables> = fc.record(
  Object.fromEntries(TABLE_NAMES.map((table) => [table, arbitraryRows(columnsOf(table))])),
  // The definitions that made the tables say what their rows are.
) as fc.Arbitrary<never>;

function arbitraryRows(columns: Columns): fc.Arbitrary<unknown[]> {
  const members = Object.entries(columns).map(([field, column]) => [field, valueOf(field, column)] as const);
  const row: fc.Arbitrary<Record<string, unknown>> = fc.record(Object.fromEntries(members));
  const uid = (each: Record<string, unknown>) =>
    typeof each['uid'] === 'string' ? textAsStored(each['uid']) : Symbol('any');
  return fc.uniqueArray(row, { maxLength: 8, selector: uid });
}

function valueOf(field: string, { type, nullable }: Column): fc.Arbitrary<unknown> {
  if (field === 'tags') return fc.dictionary(hostileText, hostileText, { maxKeys: 4, noNullPrototype: true });
  return nullable ? fc.option(BY_TYPE[type], { nil: null }) : BY_TYPE[type];
}

/** What comes back: a byte order mark at the beginning and halves of surrogate pairs have become U+FFFD. */
export function asStored(tables: Tables): object {
  return Object.fromEntries(
    TABLE_NAMES.map((table) => [table, tables[table].map((row) => rowAsStored(columnsOf(table), row))]),
  );
}

function rowAsStored(columns: Columns, row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, valueAsStored(columns[field]?.type, value)]),
  );
}

function valueAsStored(type: ColumnType | undefined, value: unknown): unknown {
  if (type === 'JSON') return jsonAsStored(value);
  if (type === 'VARCHAR[]') return (value as string[]).map(textAsStored);
  return typeof value === 'string' ? textAsStored(value) : value;
}

function textAsStored(text: string): string {
  return wellFormed(text).replace(/^\uFEFF/u, '\uFFFD');
}

/** In JSON a quotation mark stands before every text. */
function jsonAsStored(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(jsonAsStored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [wellFormed(key), jsonAsStored(member)]),
  );
}

function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

type Columns = Readonly<Record<string, Column>>;

function columnsOf(table: TableName): Columns {
  return TABLES[table].columns;
}
