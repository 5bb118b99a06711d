import type { IdentitiesOptions } from '../commands/identities.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, type Io } from '../io.ts';
import { contains, oneOf, where } from '../query.ts';
import { onSnapshot } from '../settings.ts';
import { printRows } from '../terminal/print-rows.ts';
import type { Column } from '../terminal/table.ts';

interface IdentityRow {
  readonly uid: string;
  readonly system: string;
  readonly scope_uid: string;
  readonly kind: string;
  readonly name: string;
  readonly class: string;
  readonly class_reason: string;
  readonly managed_by: string;
  readonly enabled: boolean | null;
  readonly created_at: string | null;
  readonly last_used_at: string | null;
  readonly environment: string | null;
  readonly owner: string | null;
  readonly credentials: number;
  readonly findings: number;
}

/** `nhi identities` */
export function identitiesAction(options: IdentitiesOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot) => {
    const { sql, params } = where([
      oneOf('i.system', 'system', options.system),
      oneOf('i.class', 'class', options.class),
      oneOf('i.kind', 'kind', options.kind),
      oneOf('i.scope_uid', 'scope', options.scope),
      contains(['i.name', 'i.uid'], 'name', options.name),
      options.provider === true ? null : { sql: `i.managed_by = 'customer'`, params: {} },
    ]);
    const limit = options.limit;
    const rows = await snapshot.all<IdentityRow>(
      `SELECT i.uid, i.system, i.scope_uid, i.kind, i.name, i.class, i.class_reason, i.managed_by, i.enabled,
         i.created_at, u.last_used_at, i.environment, o.owner,
         coalesce(c.n, 0) AS credentials, coalesce(f.n, 0) AS findings
       FROM identities i
       LEFT JOIN identity_usage u ON u.identity_uid = i.uid
       LEFT JOIN (SELECT identity_uid, string_agg(DISTINCT owner, ', ' ORDER BY owner) AS owner
                  FROM owners GROUP BY identity_uid) o ON o.identity_uid = i.uid
       LEFT JOIN (SELECT identity_uid, count(*) AS n FROM credentials GROUP BY identity_uid) c ON c.identity_uid = i.uid
       LEFT JOIN (SELECT identity_uid, count(*) AS n FROM findings WHERE status = 'fail' GROUP BY identity_uid) f
         ON f.identity_uid = i.uid
       ${sql}
       ORDER BY i.system, i.scope_uid, i.kind, i.uid ${limit === undefined ? '' : 'LIMIT $limit'}`,
      { ...params, ...(limit === undefined ? {} : { limit }) },
    );
    await printRows(io, rows, {
      columns: COLUMNS,
      format: options.format,
      colour: options.color,
      empty: 'No identities.',
    });
    if (options.quiet !== true && options.format === 'table') {
      await note(io, `\n${rows.length} identities in snapshot ${snapshot.info.id}.`);
    }
    return EXIT.fine;
  });
}

const COLUMNS: readonly Column<IdentityRow>[] = [
  { title: 'IDENTITY', value: (row) => row.uid, flexible: true },
  { title: 'KIND', value: (row) => row.kind },
  { title: 'CLASS', value: (row) => row.class },
  { title: 'ENV', value: (row) => row.environment ?? '', optional: 3 },
  { title: 'OWNER', value: (row) => row.owner ?? '', flexible: true, optional: 2 },
  { title: 'LAST USED', value: (row) => row.last_used_at?.slice(0, 10) ?? '', optional: 1 },
  { title: 'CREDS', value: (row) => String(row.credentials), align: 'right', optional: 4 },
  { title: 'FINDINGS', value: (row) => String(row.findings), align: 'right' },
];
