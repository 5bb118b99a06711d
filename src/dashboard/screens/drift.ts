import { CAPABILITIES } from '#model/entitlement.ts';
import type { Cause, Change, Direction, ExplainedChange, FactKind } from '#model/drift.ts';
import type { ListScreen, Row, ScreenData, Tone } from '../screen.ts';
import { shortName, withoutWaypoints } from './draw-path.ts';
import { line, paragraph, PREVIEW, toned } from './lines.ts';
import { dayOf } from './time.ts';

/** What identities gained and lost since the snapshot before, and whether that was approved. */
export const drift: ListScreen = {
  kind: 'list',
  id: 'drift',
  title: 'Drift',
  columns: [
    { key: 'change', title: 'Change', min: 9, priority: 1, sortKey: 'rank', tone: changeTone },
    { key: 'identity', title: 'Identity', min: 22, grow: 2, priority: 1 },
    { key: 'what', title: 'What', min: 24, grow: 3, priority: 2 },
    { key: 'approved', title: 'Approved', min: 8, priority: 3, tone: approvedTone },
    { key: 'cause', title: 'Cause', min: 20, grow: 2, priority: 4 },
    { key: 'by', title: 'By', min: 16, grow: 1, priority: 5 },
    { key: 'since', title: 'First seen', min: 23, priority: 6 },
    { key: 'uid', title: 'Uid', min: 40, grow: 1, priority: 7 },
  ],
  rows: (data) => ({ kind: 'held', read: () => rowsOf(data) }),
  sort: { column: 'change', descending: false },
  open: ({ uid }) => ({ screen: 'identity', subject: String(uid) }),
  preview: previewOf,
  identity: ({ uid }) => (uid === null ? undefined : String(uid)),
  empty: [
    line(['Nothing that identities can do has changed since the snapshot before.']),
    line([toned('muted', 'To compare with another one, or with what was approved: nhi drift --help.')]),
  ],
};

async function rowsOf(data: ScreenData): Promise<readonly Row[]> {
  const found = await data.drift();
  return found === null ? [NOTHING_BEFORE] : found.changes.map(rowOf);
}

/** One snapshot alone is no sign that nothing changed. */
const NOTHING_BEFORE: Row = {
  key: 'nothing-before',
  uid: null,
  change: '? unknown',
  rank: 0,
  identity: 'all',
  what: 'not compared: there is no earlier snapshot. nhi scan takes the next one.',
  approved: 'unknown',
  cause: '',
  by: '',
  since: '',
};

const MARKS: Readonly<Record<Direction, string>> = { gained: '+', lost: '-', changed: '~', unknown: '?' };
const ORDER: Readonly<Record<Direction, number>> = { gained: 0, unknown: 1, changed: 2, lost: 3 };
const APPROVED = { approved: 'yes', unapproved: 'no', unknown: 'unknown' } as const;

/** A change in words: `can admin on aws:…`. */
const WORDS: Readonly<Record<FactKind, string>> = {
  identity: 'identity ',
  credential: 'credential ',
  entitlement: 'can ',
  edge: '',
  trust: '',
  guardrail: 'guardrail ',
  'open-grant': 'holds ',
};

function rowOf(change: ExplainedChange): Row {
  const { direction, identityUid, approval, causes, by, byNotKnown, firstSeen } = change;
  return {
    key: keyOf(change),
    uid: identityUid,
    change: directionWords(direction),
    rank: ORDER[direction] * 100 + powerOf(change),
    identity: shortName(identityUid),
    what: changeWords(change),
    approved: APPROVED[approval],
    cause:
      causes.length > 0 ? causes.map(causeWords).join('; ') : restsOnOthers(change) ? 'not found' : 'itself',
    by: by[0]?.actor ?? (byNotKnown === null ? '' : 'unknown'),
    since: firstSeen ?? '',
  };
}

/** Access rests on grants, roles and trusts; the other facts stand for themselves. */
function restsOnOthers({ kind }: Change): boolean {
  return kind === 'entitlement' || kind === 'edge' || kind === 'open-grant';
}

function keyOf({ kind, identityUid, key }: Change): string {
  return `${kind} ${identityUid} ${key}`;
}

/** What changed, with the values where both are known. */
export function changeWords({
  kind,
  key,
  before,
  after,
}: Pick<Change, 'kind' | 'key' | 'before' | 'after'>): string {
  const values = before !== null && after !== null && kind !== 'guardrail' ? ` (${before} to ${after})` : '';
  return `${WORDS[kind]}${withoutWaypoints(key)}${values}`;
}

/** The mark and the word of a direction: `+ gained`. */
export function directionWords(direction: Direction): string {
  return `${MARKS[direction]} ${direction}`;
}

function causeWords({ kind, name, managedBy, before, after }: Cause): string {
  const what = before === null ? 'is new' : after === null ? 'is gone' : 'changed';
  return `${kind} ${name} ${what}${managedBy === 'provider' ? ', by the provider' : ''}`;
}

/** The most powerful capability first, then ways to become others, then the rest. */
function powerOf({ kind, key }: ExplainedChange): number {
  const place = kind === 'entitlement' ? CAPABILITIES.findIndex((each) => key.startsWith(`${each} on `)) : -1;
  return place >= 0 ? place : kind === 'edge' ? 20 : 40;
}

async function previewOf(row: Row, data: ScreenData) {
  const changes = (await data.drift())?.changes ?? [];
  const change = changes.find((each) => keyOf(each) === row.key);
  if (change === undefined) return paragraph([String(row['what'])], PREVIEW);
  const { direction, identityUid, causes, by, byNotKnown, approval, approvedBy } = change;
  return [
    ...paragraph(
      [toned(directionTone(direction), directionWords(direction)), ` ${changeWords(change)}`],
      PREVIEW,
    ),
    ...paragraph([toned('muted', identityUid)], PREVIEW),
    ...paragraph(
      [`Approved: ${APPROVED[approval]}${approvedBy === null ? '' : ` (${approvedBy})`}`],
      PREVIEW,
    ),
    ...(by.length === 0
      ? paragraph([`By: not known${byNotKnown === null ? '' : `: ${byNotKnown}`}`], PREVIEW)
      : []),
    ...by
      .slice(0, 3)
      .flatMap(({ actor, at, action }) =>
        paragraph([`By ${actor}: ${action}${at === null ? '' : `, ${dayOf(at)}`}`], PREVIEW),
      ),
    ...causes.slice(0, 5).flatMap((cause) => paragraph([`Because ${causeWords(cause)}`], PREVIEW)),
  ];
}

/** What was gained is what to look at; what cannot be told is no good news either. */
export function directionTone(direction: Direction): Tone {
  return ({ gained: 'bad', lost: 'good', changed: 'warning', unknown: 'warning' } as const)[direction];
}

function changeTone({ change }: Row): Tone {
  const direction = String(change).slice(2);
  return direction === 'gained' ? 'bad' : direction === 'lost' ? 'good' : 'warning';
}

function approvedTone({ approved }: Row): Tone {
  return approved === 'yes' ? 'good' : approved === 'no' ? 'bad' : 'muted';
}
