import type { SnapshotRecords, TableName } from '#model/record.ts';
import { count, optionalTime, snakeCase, text, time, type Column } from './columns.ts';
import { credentials, usages } from './tables/credentials.ts';
import { drift } from './tables/drift.ts';
import { edges, entitlements, findings, ruleResults } from './tables/derived.ts';
import { grants, guardrails, resourcePolicies, roles, trusts } from './tables/grants.ts';
import { groups, identities, memberships, owners, workloads } from './tables/identities.ts';
import { loggedWrites } from './tables/logged-writes.ts';
import { coverage, scopes } from './tables/scopes.ts';
import type { Table } from './tables/table.ts';
import { waivers } from './tables/waivers.ts';

/** Raised whenever a table, column or view changes its shape: snapshots of another version are refused. */
export const SCHEMA_VERSION = 1;

/** Every table of a snapshot: DDL, the writer, the reader and docs/schema.md all come from here. */
export const TABLES: { readonly [T in TableName]: Table<SnapshotRecords[T]> } = {
  scopes,
  identities,
  groups,
  memberships,
  credentials,
  roles,
  grants,
  guardrails,
  resourcePolicies,
  trusts,
  usages,
  owners,
  workloads,
  loggedWrites,
  coverage,
  entitlements,
  edges,
  drift,
  waivers,
  findings,
  ruleResults,
};

/** What every snapshot says about itself, in one row. Its shape is the same in every schema version, for ever. */
export const SNAPSHOT: SqlTable = {
  name: 'snapshot',
  about: 'What the snapshot says about itself: one row.',
  columns: fieldColumns({
    id: text('The snapshot’s id: the time of the scan’s start and six random digits.'),
    schemaVersion: count(`The version of this schema: ${SCHEMA_VERSION}.`),
    asOf: time('The time that ages are measured at: `$as_of` in rules.'),
    startedAt: time('When the scan started.'),
    finishedAt: optionalTime('When it was complete; NULL only while the scan runs.'),
    toolVersion: text('The version of nhi that wrote it.'),
  }),
};

/** A table as SQL sees it. */
export interface SqlTable {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly SqlColumn[];
}

/** A column as SQL sees it. */
export interface SqlColumn extends Column {
  readonly name: string;
}

/** A column that a field of the model fills. */
export interface ModelColumn extends SqlColumn {
  readonly field: string;
}

/** The last column of every table whose rows have a uid; the writer computes it. */
const CONTENT_HASH: SqlColumn = {
  name: 'content_hash',
  type: 'UBIGINT',
  nullable: false,
  about: 'The same in two snapshots where everything else in the row is, whatever the order of keys in JSON.',
};

/** Every table's name in the model, in the order of `TABLES`. */
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]; // the keys of a closed record

/** The SQL side of one table. */
export function sqlTable(table: TableName): SqlTable {
  const columns: readonly SqlColumn[] = modelColumns(table);
  return {
    name: snakeCase(table),
    about: TABLES[table].about,
    columns: hasUid(table) ? [...columns, CONTENT_HASH] : columns,
  };
}

/** The columns of one table that the model fills, in the order of its definition. */
export function modelColumns(table: TableName): ModelColumn[] {
  return fieldColumns(TABLES[table].columns);
}

/** Whether a table's rows have a uid, and with it a content hash. */
export function hasUid(table: TableName): boolean {
  return 'uid' in TABLES[table].columns;
}

function fieldColumns(columns: Readonly<Record<string, Column>>): ModelColumn[] {
  return Object.entries(columns).map(([field, column]) => ({ field, name: snakeCase(field), ...column }));
}
