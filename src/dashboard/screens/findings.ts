import type { Severity } from '#model/finding.ts';
import type { ListScreen, Row, ScreenData } from '../screen.ts';
import { readFinding } from './finding-record.ts';
import { evidenceLines } from './evidence.ts';
import { BLANK, line, paragraph, PREVIEW, toned } from './lines.ts';
import { severityTone } from './marks.ts';
import { FEEDS_SQL, OWNERS_SQL, severityRankSql, severitySql } from './select-parts.ts';
import { readAsOf } from './time.ts';

/** Every failure and every answer that could not be given, worst first. */
export const findings: ListScreen = {
  kind: 'list',
  id: 'findings',
  title: 'Findings',
  columns: [
    { key: 'severity', title: 'Severity', min: 10, priority: 1, sortKey: 'severity_rank', tone: toneOf },
    { key: 'rule', title: 'Rule', min: 18, grow: 4, priority: 2 },
    { key: 'identity', title: 'Identity', min: 18, grow: 3, priority: 1 },
    { key: 'system', title: 'System', min: 10, priority: 3 },
    { key: 'since', title: 'Since', min: 10, priority: 4 },
    { key: 'owner', title: 'Owner', min: 14, grow: 1, priority: 5, tone: ownerTone },
    { key: 'what', title: 'What', min: 30, grow: 4, priority: 6 },
    { key: 'category', title: 'Category', min: 15, priority: 7 },
    { key: 'status', title: 'Status', min: 7, priority: 8 },
    { key: 'subject', title: 'Subject', min: 24, grow: 2, priority: 9 },
    { key: 'uid', title: 'Uid', min: 30, grow: 2, priority: 10 },
  ],
  rows: ({ ascii }) => ({ kind: 'select', sql: findingsSql(ascii) }),
  sort: { column: 'severity', descending: false },
  open: ({ key }) => ({ screen: 'finding', subject: key }),
  preview: previewOf,
  identity: ({ uid }) => (typeof uid === 'string' && uid !== '' ? uid : undefined),
  empty: [
    line(['No findings: no rule failed, and none lacked data.']),
    line([toned('muted', 'See what was judged on the screen Rules, and what was read on Coverage.')]),
  ],
};

function findingsSql(ascii: boolean): string {
  return `
    SELECT f.id AS key, ${severitySql('f', ascii)} AS severity, ${severityRankSql('f')} AS severity_rank, f.status,
      f.severity AS severity_word, f.rule_id AS rule,
      coalesce(i.name, f.identity_uid, f.subject_uid, f.scope_uid, 'nobody') AS identity,
      coalesce(f.system, 'none') AS system, strftime(f.first_seen_at, '%Y-%m-%d') AS since,
      CASE WHEN f.identity_uid IS NULL THEN 'nobody'
        ELSE coalesce(o.owner, CASE WHEN c.owners THEN 'nobody' ELSE 'unknown' END) END AS owner,
      f.title AS what, f.category, coalesce(f.subject_uid, '') AS subject, coalesce(f.identity_uid, '') AS uid
    FROM findings f
    LEFT JOIN identities i ON i.uid = f.identity_uid
    LEFT JOIN (${OWNERS_SQL}) o ON o.identity_uid = f.identity_uid
    LEFT JOIN (${FEEDS_SQL}) c ON c.scope_uid = i.scope_uid`;
}

async function previewOf(row: Row, data: ScreenData) {
  const found = await readFinding(data.reader, row.key);
  if (found === null) return [];
  const asOf = await readAsOf(data.reader);
  const waiver = (await data.waived()).get(row.key);
  return [
    ...paragraph([toned('strong', found.title)], PREVIEW),
    ...paragraph([toned('muted', found.identity_uid ?? 'about no identity')], PREVIEW),
    ...(found.subject_uid === null ? [] : paragraph([toned('muted', found.subject_uid)], PREVIEW)),
    ...(waiver === undefined
      ? []
      : paragraph([toned('notice', `Waived by ${waiver.id} until ${waiver.expires}.`)], PREVIEW)),
    BLANK,
    ...evidenceLines(found.evidence, asOf, PREVIEW),
  ];
}

function toneOf({ severity_word: severity, status }: Row) {
  return severityTone(severity as Severity, String(status)); // the select gives the table's own word
}

function ownerTone({ owner }: Row) {
  return owner === 'nobody' || owner === 'unknown' ? 'warning' : 'plain';
}
