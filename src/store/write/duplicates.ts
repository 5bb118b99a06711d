import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableName } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';
import type { Reader } from '../reader.ts';
import { hasUid, sqlTable, TABLES } from '../tables.ts';

interface Repeated {
  readonly system: System;
  readonly scope_uid: Uid;
  readonly dropped: number;
  readonly different: number;
  readonly names: number;
  readonly uids: readonly Uid[];
}

/** So many of the uids are named. */
const NAMED = 5;

/**
 * Drops rows of a table that repeat the uid of an earlier one. What was dropped comes back as coverage, a row for each
 * scope: `partial` where content was lost, `complete` where the rows were the same.
 */
export async function dropRepeatedUids(
  reader: Reader,
  connection: DuckDBConnection,
  table: TableName,
): Promise<Coverage[]> {
  const { name, columns } = sqlTable(table);
  if (!hasUid(table) || !(await hasRepeatedUids(reader, name))) return [];
  const repeated = `(SELECT uid, min(rowid) AS first FROM ${name} GROUP BY uid HAVING count(*) > 1) repeated`;
  const scope = columns.some((column) => column.name === 'scope_uid') ? 'scope_uid' : 'uid';
  const rows = await reader.all<Repeated>(
    `SELECT row.system, row.${scope} AS scope_uid, count(*) AS dropped,
       count(*) FILTER (row.content_hash <> kept.content_hash) AS different,
       count(DISTINCT row.uid) AS names, list(DISTINCT row.uid ORDER BY row.uid)[1:${NAMED}] AS uids
     FROM ${name} row JOIN ${repeated} USING (uid) JOIN ${name} kept ON kept.rowid = repeated.first
     WHERE row.rowid > repeated.first
     GROUP BY ALL ORDER BY ALL`,
  );
  await connection.run(
    `DELETE FROM ${name} USING ${repeated}
     WHERE ${name}.uid = repeated.uid AND ${name}.rowid > repeated.first`,
  );
  return rows.map((row) => coverageOf(table, row));
}

/** Hashes are eight bytes and uids are long: the usual answer, no, is cheap even for millions of rows. */
async function hasRepeatedUids(reader: Reader, table: string): Promise<boolean> {
  const rows = await reader.all(
    `SELECT 1 FROM (SELECT hash(uid) AS h FROM ${table}) GROUP BY h HAVING count(*) > 1 LIMIT 1`,
  );
  return rows.length > 0;
}

function coverageOf(
  table: TableName,
  { system, scope_uid, dropped, different, names, uids }: Repeated,
): Coverage {
  const repeat = dropped === 1 ? 'row repeats' : 'rows repeat';
  const content = different === 0 ? 'the same content' : `${different} with other content`;
  const list = [...uids, ...(names > uids.length ? ['…'] : [])].join(', ');
  return {
    system,
    scopeUid: scope_uid,
    feed: TABLES[table].feed,
    call: `store ${sqlTable(table).name}`,
    status: different === 0 ? 'complete' : 'partial',
    missingPermission: null,
    detail: `${dropped} ${repeat} the uid of an earlier one (${content}) and went: ${list}`,
  };
}
