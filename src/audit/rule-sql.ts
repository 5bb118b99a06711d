import type { RuleHeader } from '#contract/rule.ts';
import { SEVERITIES, type Severity } from '#model/finding.ts';

/** The statements that run one rule. All of its rows stay in the database. */
export interface RuleSql {
  /** What the rule says, judged: kept as `scratch.answers` for the other two. What makes up a pass is left out. */
  readonly answers: string;
  /** One row a system and scope: how many passed, failed, are unknown, and what is wrong with the rows. */
  readonly count: string;
  /** The columns of `findings`, for every row that does not pass. */
  readonly findings: string;
}

/** Where the other two statements find the answers. */
export const ANSWERS = 'answers';

/** Why an identity's reach raises the severity of what is found about it: kept as `scratch.reach` for every rule. */
export const REACH = {
  name: 'reach',
  select: `
    WITH administrators AS (
      SELECT DISTINCT identity_uid FROM entitlements WHERE capability = 'admin' AND certainty = 'certain'
    ),
    produced AS (SELECT uid AS identity_uid FROM identities WHERE environment = 'production')
    SELECT identity_uid, list_filter([
        CASE WHEN a.identity_uid IS NOT NULL THEN 'administrator' END,
        CASE WHEN p.identity_uid IS NOT NULL THEN 'production' END
      ], lambda why: why IS NOT NULL) AS reach
    FROM administrators a FULL JOIN produced p USING (identity_uid)`,
} as const;

export const FINDING_COLUMNS = [
  'id',
  'rule_id',
  'category',
  'severity',
  'status',
  'title',
  'system',
  'scope_uid',
  'identity_uid',
  'subject_uid',
  'evidence',
  'playbook',
  'first_seen_at',
] as const;

/**
 * Builds the statements for a checked query that gives `columns`. Besides the rule's own parameters they take
 * `nhi_rule_id` and `nhi_title`; how far each scope was read, as the parallel lists `nhi_scopes`, `nhi_states`,
 * `nhi_partial` (feeds with gaps, joined by commas) and `nhi_gaps` (JSON, `null` for none), and the same for all other
 * scopes as `nhi_other_state` and `nhi_other_gaps`; and earlier findings as the parallel lists `nhi_seen_ids` and
 * `nhi_seen_at`.
 */
export function ruleSql(header: RuleHeader, query: string, columns: ReadonlySet<string>): RuleSql {
  return {
    answers: `
      ${judgedRows(header, query, columns)}
      SELECT system, scope_uid, verdict,
        CASE WHEN verdict IS NULL THEN coalesce(status, 'NULL') END AS malformed_status,
        CASE WHEN verdict <> 'pass' THEN identity_uid END AS identity_uid,
        CASE WHEN verdict <> 'pass' THEN subject_uid END AS subject_uid,
        CASE WHEN verdict <> 'pass' THEN evidence END AS evidence,
        CASE WHEN (verdict = 'unknown' OR (verdict = 'fail' AND is_unsure)) AND gaps <> 'null' THEN gaps END AS gaps
      FROM judged`,
    count: `
      SELECT system, scope_uid,
        count(*) FILTER (verdict = 'pass') AS passed,
        count(*) FILTER (verdict = 'fail') AS failed,
        count(*) FILTER (verdict = 'unknown') AS unknown,
        count(*) FILTER (verdict IS NULL) AS malformed,
        any_value(malformed_status) AS malformed_status,
        count(*) FILTER (verdict <> 'pass')
          - count(DISTINCT hash(${header.identifyBy.join(', ')})) FILTER (verdict <> 'pass') AS repeated
      FROM scratch.${ANSWERS} GROUP BY system, scope_uid ORDER BY system, scope_uid`,
    findings: `
      WITH seen AS (SELECT unnest($nhi_seen_ids::VARCHAR[]) AS id, unnest($nhi_seen_at::VARCHAR[])::TIMESTAMP AS first_seen_at),
      found AS (
        SELECT answer.*, $nhi_rule_id || '-' || left(sha256(${identity(header)}), 16) AS id,
          ${header.fixedSeverity === true ? 'NULL' : 'reach.reach'} AS reach
        FROM scratch.${ANSWERS} answer LEFT JOIN scratch.${REACH.name} reach USING (identity_uid)
        WHERE verdict <> 'pass'
      )
      SELECT found.id, $nhi_rule_id, '${header.category}',
        CASE WHEN reach IS NULL THEN '${header.severity}' ELSE '${raised(header.severity)}' END,
        verdict, $nhi_title, system, scope_uid, identity_uid, subject_uid,
        regexp_replace(CASE WHEN reach IS NULL AND gaps IS NULL THEN coalesce(to_json(evidence), '{}')
          ELSE json_merge_patch(
            coalesce(to_json(evidence), '{}'),
            CASE WHEN reach IS NULL THEN '{}' ELSE json_object('severity_raised_by', reach) END,
            CASE WHEN gaps IS NULL THEN '{}' ELSE json_object('not_collected', gaps::JSON) END
          ) END, ${TIMESTAMP_IN_JSON}, '"\\1T\\2Z"', 'g'),
        ${header.playbook === null ? 'NULL' : `'${header.playbook}'`},
        least(coalesce(seen.first_seen_at, $as_of), $as_of)
      FROM found LEFT JOIN seen ON seen.id = found.id`,
  };
}

/**
 * The rule's rows, each with the scope that it belongs to and the verdict after what was not collected: nothing that
 * needs a feed passes or fails without it; and a pass does not survive gaps, in the whole feed or in that of which the
 * row says that it found nothing there. A fail does, with the gaps in its evidence. A malformed status has no verdict.
 */
function judgedRows(header: RuleHeader, query: string, columns: ReadonlySet<string>): string {
  const place = (column: string) => `${columns.has(column) ? 'answer' : 'i'}.${column}`;
  const isPlaced = columns.has('system') && columns.has('scope_uid');
  const absent = columns.has('absent_from');
  const systems = header.systems?.map((system) => `'${system}'`).join(', ');
  return `
    WITH readings AS (
      SELECT unnest($nhi_scopes::VARCHAR[]) AS scope_uid, unnest($nhi_states::VARCHAR[]) AS state,
        string_split(unnest($nhi_partial::VARCHAR[]), ',') AS partial, unnest($nhi_gaps::VARCHAR[]) AS gaps
    ),
    answers AS (
      SELECT answer.identity_uid::VARCHAR AS identity_uid, answer.subject_uid::VARCHAR AS subject_uid, answer.status,
        answer.evidence, ${absent ? 'answer.absent_from, ' : ''}${place('system')}, ${place('scope_uid')}
      FROM (\n${query}\n) answer
      ${isPlaced ? '' : 'LEFT JOIN identities i ON i.uid = answer.identity_uid'}
    ),
    read AS (
      SELECT answers.*, coalesce(readings.state, $nhi_other_state) AS state,
        coalesce(readings.gaps, $nhi_other_gaps) AS gaps,
        ${absent ? 'coalesce(list_has_any(absent_from, readings.partial), false)' : 'false'} AS is_unsure
      FROM answers LEFT JOIN readings ON readings.scope_uid = answers.scope_uid
      ${systems === undefined ? '' : `WHERE system IS NULL OR system IN (${systems})`}
    ),
    judged AS (
      SELECT *, CASE
          WHEN status NOT IN ('fail', 'pass', 'unknown') OR status IS NULL THEN NULL
          WHEN state = 'missing' THEN 'unknown'
          WHEN status = 'pass' AND (state = 'partial' OR is_unsure) THEN 'unknown'
          ELSE status
        END AS verdict
      FROM read
    )`;
}

/** DuckDB writes times into JSON with a blank and no zone; evidence has them in RFC 3339. */
const TIMESTAMP_IN_JSON = String.raw`'"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)"'`;

/** What makes a finding the same finding tomorrow, as one unambiguous text. */
function identity({ identifyBy }: RuleHeader): string {
  return `to_json([$nhi_rule_id, ${identifyBy.join(', ')}])::VARCHAR`;
}

function raised(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity;
}
