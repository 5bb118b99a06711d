import { describe, expect, it } from 'vitest';
import { optionalText, text, time } from '#store/columns.ts';
import { sqlTable, TABLE_NAMES } from '#store/tables.ts';
import type { Table } from '#store/tables/table.ts';

interface Example {
  readonly uid: string;
  readonly parentUid: string | null;
  readonly createdAt: string;
}

const columns = { uid: text('A.'), parentUid: optionalText('B.'), createdAt: time('C.') };
const fits: Table<Example> = { about: '', feed: null, columns };

// The compiler refuses each of these; were one to pass, `tsc` would say that its directive is unused.
const { createdAt: _, ...fewer } = columns;
// @ts-expect-error a field has no column
const missing: Table<Example> = { ...fits, columns: fewer };
// @ts-expect-error a column has no field
const extra: Table<Example>['columns'] = { ...columns, more: text('D.') };
// @ts-expect-error a field that may be null has a column that may not
const strict: Table<Example> = { ...fits, columns: { ...columns, parentUid: text('B.') } };
// @ts-expect-error a field that is never null has a column that may be
const lax: Table<Example> = { ...fits, columns: { ...columns, uid: optionalText('A.') } };
// @ts-expect-error a time is stored as a text
const untimely: Table<Example> = { ...fits, columns: { ...columns, createdAt: text('C.') } };

describe('the tables', () => {
  it('hold what the compiler lets pass', () => {
    expect([missing, extra, strict, lax, untimely]).toHaveLength(5);
  });

  it('are named as rules and scripts know them', () => {
    expect(TABLE_NAMES.map((table) => sqlTable(table).name)).toEqual([
      'scopes',
      'identities',
      'groups',
      'memberships',
      'credentials',
      'roles',
      'grants',
      'guardrails',
      'resource_policies',
      'trusts',
      'usages',
      'owners',
      'workloads',
      'logged_writes',
      'coverage',
      'entitlements',
      'edges',
      'drift',
      'waivers',
      'findings',
      'rule_results',
    ]);
  });
});
