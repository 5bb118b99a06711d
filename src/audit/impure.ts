import type { Reader } from '#store/reader.ts';
import type { QueryParts } from './query-tree.ts';

/** Functions whose answer depends on more than their arguments, by name. */
export type ImpureFunctions = ReadonlySet<string>;

/** DuckDB marks most of them itself; these it calls consistent, or they are macros over the clock. */
const UNMARKED = [
  'current_localtime',
  'current_localtimestamp',
  'ago',
  'pg_conf_load_time',
  'pg_postmaster_start_time',
];

/** Keywords that DuckDB turns into function calls when it binds them. */
const VALUE_KEYWORDS = new Set([
  'current_catalog',
  'current_date',
  'current_role',
  'current_schema',
  'current_time',
  'current_timestamp',
  'current_user',
  'localtime',
  'localtimestamp',
  'session_user',
  'user',
]);

/** Table functions that only take their arguments apart. Every other one reaches outside the query. */
const PURE_TABLE_FUNCTIONS = new Set(['unnest', 'range', 'generate_series', 'json_each', 'json_tree']);

/** Tables that say when the scan ran or what other rules said, in no set order. */
const CLOSED_TABLES = new Set(['snapshot', 'findings', 'rule_results']);

/** Asks DuckDB which of its functions are not pure. */
export async function impureFunctions(reader: Reader): Promise<ImpureFunctions> {
  const rows = await reader.all<{ name: string }>(
    `SELECT DISTINCT function_name AS name FROM duckdb_functions()
     WHERE stability <> 'CONSISTENT' AND function_type = 'scalar'`,
  );
  return new Set([...rows.map(({ name }) => name), ...UNMARKED]);
}

/** A use that a rule may not make. */
export interface Refusal {
  readonly offset: number | null;
  readonly message: string;
}

/** Everything in a query that makes its answer depend on more than the snapshot, `$as_of` and the parameters. */
export function refusals(parts: QueryParts, impure: ImpureFunctions): Refusal[] {
  return [
    ...parts.functions
      // With one argument, `age` measures from the current date.
      .filter(({ name, args }) => impure.has(name) || (name === 'age' && args === 1))
      .map(({ name, offset }) => ({ offset, message: notPure(name) })),
    ...parts.bareColumns
      .filter(({ name }) => VALUE_KEYWORDS.has(name))
      .map(({ name, offset }) => ({ offset, message: notPure(name) })),
    ...parts.tableFunctions
      .filter(({ name }) => !PURE_TABLE_FUNCTIONS.has(name))
      .map(({ name, offset }) => ({
        offset,
        message: `the table function \`${name}\` is not allowed: a rule reads the tables and views of the snapshot`,
      })),
    ...parts.tables
      .filter(({ name }) => CLOSED_TABLES.has(name) || name.includes('.'))
      .map(({ name, offset }) => ({
        offset,
        message: `\`${name}\` is not open to rules: they read what was collected and derived from it`,
      })),
    ...(parts.samples
      ? [{ offset: null, message: 'a sample is not allowed: its rows are chosen by chance' }]
      : []),
  ];
}

function notPure(name: string): string {
  return `\`${name}\` is not allowed: a rule reads no clock, chance or session; the time of the scan is $as_of`;
}
