import type { SnapshotRecords, TableName } from '#model/record.ts';
import { snakeCase, type Column } from './columns.ts';
import { credentials, usages } from './tables/credentials.ts';
import { edges, entitlements, findings, ruleResults } from './tables/derived.ts';
import { grants, guardrails, resourcePolicies, roles, trusts } from './tables/grants.ts';
import { groups, identities, memberships, owners, workloads } from './tables/identities.ts';
import { coverage, scopes } from './tables/scopes.ts';
import type { Table } from './tables/table.ts';

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
  coverage,
  entitlements,
  edges,
  findings,
  ruleResults,
};

/** A table as SQL sees it. */
export interface SqlTable {
  readonly name: string;
  readonly columns: readonly SqlColumn[];
  /** Tables whose rows have a uid carry a hash of each row's content as their last column. */
  readonly hashed: boolean;
}

/** A column as SQL sees it, with the model field that fills it. */
export interface SqlColumn extends Column {
  readonly field: string;
  readonly name: string;
}

/** Every table's name in the model, in the order of `TABLES`. */
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]; // the keys of a closed record

/** The SQL side of one table. */
export function sqlTable(table: TableName): SqlTable {
  const columns = Object.entries<Column>(TABLES[table].columns).map(([field, column]): SqlColumn => ({
    field,
    name: snakeCase(field),
    ...column,
  }));
  return { name: snakeCase(table), columns, hashed: columns.some((column) => column.name === 'uid') };
}
