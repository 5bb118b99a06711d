import type { Reader } from '#store/reader.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { WaivableFinding } from './waivers/waiver.ts';

/** Every finding of a snapshot with what waivers and the gate ask about it, worst first. */
export function readFindings(reader: Reader): Promise<WaivableFinding[]> {
  return reader.all<WaivableFinding & object>(
    `SELECT f.id, f.rule_id AS "ruleId", f.category, f.severity, f.status, f.title, f.system,
       f.scope_uid AS "scopeUid", f.identity_uid AS "identityUid", f.subject_uid AS "subjectUid",
       f.first_seen_at AS "firstSeenAt", coalesce(i.environment, s.environment) AS environment,
       u.last_used_at AS "lastUsedAt", coalesce(u.whole, false) AS "useMeasured"
     FROM findings f
     LEFT JOIN identities i ON i.uid = f.identity_uid
     LEFT JOIN scopes s ON s.uid = f.scope_uid
     LEFT JOIN identity_usage u ON u.identity_uid = f.identity_uid
     ORDER BY list_position($ranks, f.severity), f.status, f.rule_id, f.identity_uid, f.subject_uid, f.id`,
    { ranks: SEVERITIES },
  );
}
