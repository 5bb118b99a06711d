import { SEVERITIES } from '#model/finding.ts';
import { marksFor } from './marks.ts';

/*
 * Parts of the selects behind lists. Each is an aggregate over a whole table that is joined once: a select over a
 * million identities asks nothing row by row.
 */

/** `◆ critical`, or `? critical` where the rule could not decide, from the columns of `alias`. */
export function severitySql(alias: string, ascii: boolean): string {
  const { severity } = marksFor(ascii);
  const cases = SEVERITIES.map((each) => `WHEN '${each}' THEN '${severity[each]} ${each}'`).join(' ');
  return `CASE WHEN ${alias}.status = 'unknown' THEN '? ' || ${alias}.severity ELSE CASE ${alias}.severity ${cases} ELSE ${alias}.severity END END`;
}

/** Worst first when sorted upwards; what could not be decided stands after everything that failed. */
export function severityRankSql(alias: string): string {
  const list = `[${SEVERITIES.map((each) => `'${each}'`).join(', ')}]`;
  return `coalesce(list_position(${list}, ${alias}.severity), 9) + CASE ${alias}.status WHEN 'fail' THEN 0 ELSE 10 END`;
}

/** Whoever answers for an identity in a few words, by `identity_uid`: those that are declared before others. */
export const OWNERS_SQL = `
  SELECT identity_uid,
    coalesce(min(owner) FILTER (state IN ('declared', 'corroborated')), min(owner))
      || CASE WHEN min(owner) <> max(owner) THEN ' and others' ELSE '' END
      || CASE WHEN bool_or(state = 'conflicting') THEN ' (conflicting)'
           WHEN bool_or(state IN ('declared', 'corroborated')) THEN ''
           WHEN bool_or(state = 'inferred') THEN ' (inferred)' ELSE ' (gone)' END AS owner
  FROM owners GROUP BY identity_uid`;

/**
 * The findings of an identity as `2C 1H 3?`, by `identity_uid`. In `weight` a severity outweighs up to 99 of every
 * milder one, and what could not be decided weighs least.
 */
export const FINDINGS_SQL = `
  SELECT identity_uid,
    concat_ws(' ', ${SEVERITIES.map((each) => `${each} || '${each.charAt(0).toUpperCase()}'`).join(', ')}, undecided || '?') AS said,
    ${SEVERITIES.map((each, at) => `least(coalesce(${each}, 0), 99) * ${100 ** (SEVERITIES.length - at)}`).join(' + ')}
      + least(coalesce(undecided, 0), 99) AS weight
  FROM (
    SELECT identity_uid,
      ${SEVERITIES.map((each) => `nullif(count(*) FILTER (severity = '${each}' AND status = 'fail'), 0) AS ${each}`).join(',\n      ')},
      nullif(count(*) FILTER (status = 'unknown'), 0) AS undecided
    FROM findings WHERE identity_uid IS NOT NULL GROUP BY identity_uid
  )`;

/** Which feeds of a scope were read whole, by `scope_uid`: only then does an absence mean anything. */
export const FEEDS_SQL = `
  SELECT scope_uid, bool_and(complete) FILTER (feed = 'owners') AS owners,
    count(*) FILTER (feed IN ('grants', 'roles') AND complete) = 2 AS access
  FROM (
    SELECT scope_uid, feed, bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped')) AS complete
    FROM coverage WHERE scope_uid IS NOT NULL AND feed IS NOT NULL GROUP BY ALL
  ) GROUP BY scope_uid`;

/**
 * The latest use that any source saw, and whether one looked at the identity as a whole, by `identity_uid`: the same as
 * `identity_usage` says, which also gathers sources and blind spots and takes four times as long for it.
 */
export const LAST_USE_SQL = `
  SELECT identity_uid, max(last_used_at) AS last_used_at, bool_or(whole) AS whole
  FROM (
    SELECT identity_uid, last_used_at, subject = 'identity' AS whole FROM usages
    WHERE subject <> 'permission' OR last_used_at IS NOT NULL
    UNION ALL
    SELECT identity_uid, last_used_at, false FROM credentials WHERE last_used_evidence <> 'none'
  ) GROUP BY identity_uid`;
