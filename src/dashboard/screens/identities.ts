import type { ListScreen, Row, ScreenData, Tone } from '../screen.ts';
import { CAPABILITIES_SQL } from './capabilities.ts';
import { BLANK, line, paragraph, PREVIEW, toned } from './lines.ts';
import { FEEDS_SQL, FINDINGS_SQL, LAST_USE_SQL, OWNERS_SQL } from './select-parts.ts';
import { findingLine, findingsOf } from './identity-findings.ts';

/** Every identity of the snapshot, those with the worst findings first. */
export const identities: ListScreen = {
  kind: 'list',
  id: 'identities',
  title: 'Identities',
  columns: [
    { key: 'name', title: 'Name', min: 20, grow: 3, priority: 1 },
    { key: 'findings', title: 'Findings', min: 12, priority: 2, sortKey: 'weight', tone: findingsTone },
    { key: 'can', title: 'Can', min: 15, priority: 3, sortKey: 'reach', tone: canTone },
    { key: 'owner', title: 'Owner', min: 13, grow: 1, priority: 4, tone: ownerTone },
    { key: 'used', title: 'Last used', min: 10, priority: 5, sortKey: 'used_at', tone: usedTone },
    { key: 'system', title: 'System', min: 10, priority: 6 },
    { key: 'kind', title: 'Kind', min: 15, priority: 7 },
    { key: 'scope', title: 'Scope', min: 18, grow: 1, priority: 8 },
    { key: 'class', title: 'Class', min: 9, priority: 9 },
    { key: 'managed', title: 'Managed by', min: 10, priority: 10 },
    { key: 'env', title: 'Environment', min: 11, priority: 11 },
    { key: 'uid', title: 'Uid', min: 30, grow: 2, priority: 12 },
  ],
  rows: () => ({ kind: 'select', sql: IDENTITIES_SQL }),
  sort: { column: 'findings', descending: true },
  open: ({ key }) => ({ screen: 'identity', subject: key }),
  preview: previewOf,
  identity: ({ key }) => key,
  empty: [
    line(['No identities: nothing was read, or what was read holds none.']),
    line([
      toned(
        'muted',
        'The screen Coverage says what was read. To read more: nhi scan, or nhi scan --import PATH.',
      ),
    ]),
  ],
};

const IDENTITIES_SQL = `
  SELECT i.uid AS key, i.name, i.system, i.kind, i.scope_uid AS scope, i.class, i.managed_by AS managed,
    coalesce(i.environment, 'unknown') AS env, i.uid,
    coalesce(f.said, 'none') AS findings, coalesce(f.weight, 0) AS weight,
    CASE WHEN e.rank IS NOT NULL THEN ${CAPABILITIES_SQL}[e.rank // 2] || CASE WHEN e.rank % 2 = 0 THEN '' ELSE '?' END
      WHEN c.access THEN 'nothing' ELSE 'unknown' END AS can,
    coalesce(e.rank, CASE WHEN c.access THEN 999 ELSE 99 END) AS reach,
    coalesce(o.owner, CASE WHEN c.owners THEN 'nobody' ELSE 'unknown' END) AS owner,
    CASE WHEN u.last_used_at IS NOT NULL THEN strftime(u.last_used_at, '%Y-%m-%d')
      WHEN u.whole THEN 'not seen' ELSE 'unknown' END AS used,
    u.last_used_at AS used_at
  FROM identities i
  LEFT JOIN (${FINDINGS_SQL}) f ON f.identity_uid = i.uid
  -- Twice the place of the most powerful capability, and one more where it is not certain.
  LEFT JOIN (
    SELECT identity_uid, min(list_position(${CAPABILITIES_SQL}, capability) * 2
      + CASE certainty WHEN 'certain' THEN 0 ELSE 1 END) AS rank
    FROM entitlements GROUP BY identity_uid
  ) e ON e.identity_uid = i.uid
  LEFT JOIN (${OWNERS_SQL}) o ON o.identity_uid = i.uid
  LEFT JOIN (${FEEDS_SQL}) c ON c.scope_uid = i.scope_uid
  LEFT JOIN (${LAST_USE_SQL}) u ON u.identity_uid = i.uid`;

async function previewOf(row: Row, data: ScreenData) {
  const found = await findingsOf(data.reader, row.key);
  const text = (key: string) => String(row[key] ?? '');
  return [
    ...paragraph([toned('strong', text('name'))], PREVIEW),
    ...paragraph([toned('muted', row.key)], PREVIEW),
    BLANK,
    ...paragraph(
      [`${text('system')} ${text('kind')}, ${text('class')}, managed by the ${text('managed')}`],
      PREVIEW,
    ),
    ...paragraph([`can: ${text('can')}; owner: ${text('owner')}; last used: ${text('used')}`], PREVIEW),
    BLANK,
    ...(found.length === 0 ? paragraph([toned('muted', 'No findings.')], PREVIEW) : []),
    ...found.slice(0, SHOWN).flatMap((each) => findingLine(each, PREVIEW, data.ascii)),
    ...(found.length > SHOWN ? paragraph([toned('muted', `and ${found.length - SHOWN} more`)], PREVIEW) : []),
  ];
}

const SHOWN = 12;

function findingsTone({ findings }: Row): Tone {
  if (findings === 'none') return 'muted';
  return /\dC|\dH/u.test(String(findings)) ? 'bad' : 'warning';
}

function canTone({ can }: Row): Tone {
  if (can === 'nothing') return 'muted';
  return /^(admin|identity-admin|escalate)/u.test(String(can))
    ? 'bad'
    : can === 'unknown'
      ? 'warning'
      : 'plain';
}

function ownerTone({ owner }: Row): Tone {
  return /^(nobody|unknown)$|\)$/u.test(String(owner)) ? 'warning' : 'plain';
}

function usedTone({ used }: Row): Tone {
  return used === 'unknown' ? 'warning' : 'plain';
}
