import type { FindingRow } from '#model/dossier.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { Reader } from '#store/reader.ts';
import { where, type Filter } from './query.ts';

/** Findings, worst first, then by rule and identity; `filters` speak of `f` (findings), `i` (identities) and `o` (owners). */
export async function selectFindings(
  reader: Reader,
  filters: readonly Filter[],
  limit?: number,
): Promise<FindingRow[]> {
  const { sql, params } = where(filters);
  return reader.all<FindingRow>(
    `SELECT f.id, f.severity, f.status, f.category, f.rule_id, f.title, f.system, f.scope_uid, f.identity_uid,
       i.name AS identity_name, f.subject_uid, o.owner, f.evidence, f.playbook, f.first_seen_at
     FROM findings f
     LEFT JOIN identities i ON i.uid = f.identity_uid
     LEFT JOIN (SELECT identity_uid, string_agg(DISTINCT owner, ', ' ORDER BY owner) AS owner
                FROM owners GROUP BY identity_uid) o ON o.identity_uid = f.identity_uid
     ${sql}
     ORDER BY list_position($ranks, f.severity), f.rule_id, f.identity_uid, f.subject_uid, f.id
     ${limit === undefined ? '' : 'LIMIT $limit'}`,
    { ...params, ranks: SEVERITIES, ...(limit === undefined ? {} : { limit }) },
  );
}
