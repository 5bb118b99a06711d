import type { ReportDrift } from '#contract/report.ts';
import type { Direction, ExplainedChange, Unmanaged } from '#model/drift.ts';
import {
  approvalText,
  authorTexts,
  causeText,
  changeText,
  DIRECTION_MARKS,
  directionCounts,
  givesText,
  guardrailText,
  unmanagedCounts,
  worstFirst,
} from '../../drift-words.ts';
import { clip } from '../../inert-text.ts';
import { counted } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { mark, SHOWN_NAME, table } from './parts.ts';

const ROWS = { changes: 500, unmanaged: 200, causes: 10 };
/** Characters of a text before or after. */
const SHOWN_TEXT = 600;
const TONES: Readonly<Record<Direction, string>> = {
  gained: 'high',
  lost: 'complete',
  changed: 'medium',
  unknown: 'unknown',
};

/** What identities gained and lost, since when, why and by whom, and what no approved code describes. */
export function driftSection(drift: ReportDrift): Markup {
  const { from, to, changes, unmanaged, notTold } = drift;
  return markup`<h2 tabindex="-1">Drift</h2>
<p class="lead">From <bdi>${clip(from, SHOWN_NAME)}</bdi> to <bdi>${clip(to, SHOWN_NAME)}</bdi>: ${
    changes.length === 0 ? 'nothing that identities can do has changed' : directionCounts(changes)
  }${drift.left === 0 ? null : ` and ${counted(drift.left, 'more change')}`}.</p>
${changes.length === 0 ? null : changesTable(changes, drift.left)}
${unmanaged === null ? null : unmanagedPart(unmanaged, drift.unmanagedLeft)}
${notTold.length === 0 ? null : markup`<h3>Not told by the code</h3><ul>${notTold.map((text) => markup`<li>${clip(text, SHOWN_TEXT)}</li>`)}</ul>`}`;
}

function changesTable(changes: readonly ExplainedChange[], left: number): Markup {
  const columns = [
    { title: 'Change' },
    { title: 'Identity' },
    { title: 'What and why' },
    { title: 'Approved' },
    { title: 'First seen' },
    { title: 'By' },
  ];
  const rows = changes.slice(0, ROWS.changes).map(changeRow);
  return markup`<div class="records">${table('What identities gained and lost', columns, rows)}</div>${more(
    changes.length - rows.length + left,
    'change',
  )}`;
}

function changeRow(change: ExplainedChange): Markup {
  const { direction, identityUid, causes, sources, firstSeen } = change;
  const why = [
    ...[guardrailText(change, shown)].filter((text) => text !== null),
    ...causes.slice(0, ROWS.causes).map((cause) => causeText(cause, shown)),
    ...(causes.length > ROWS.causes ? [`and ${causes.length - ROWS.causes} more causes`] : []),
    ...(sources.length === 0 ? [] : [clip(`in the code: ${sources.join(', ')}`, SHOWN_TEXT)]),
  ];
  return markup`<tr><td>${mark(DIRECTION_MARKS[direction], TONES[direction])}</td><td><bdi>${clip(identityUid, SHOWN_NAME)}</bdi></td><td><bdi>${clip(changeText(change), SHOWN_TEXT)}</bdi>${why.map(
    (text) => markup`<span class="under"><bdi>${text}</bdi></span>`,
  )}</td><td>${approvalText(change) ?? 'not known'}</td><td>${firstSeen === null ? '–' : markup`<code>${firstSeen}</code>`}</td><td>${authorTexts(
    change,
  ).map((text) => markup`<span class="under"><bdi>${clip(text, SHOWN_NAME)}</bdi></span>`)}</td></tr>`;
}

function shown(text: string): string {
  return clip(text, SHOWN_TEXT);
}

function unmanagedPart(unmanaged: readonly Unmanaged[], left: number): Markup {
  if (unmanaged.length === 0) return markup`<h3>Not in the code</h3><p>Nothing.</p>`;
  const columns = [{ title: 'Kind' }, { title: 'Identity' }, { title: 'What' }, { title: 'Gives' }];
  const rows = worstFirst(unmanaged)
    .slice(0, ROWS.unmanaged)
    .map(
      (each) =>
        markup`<tr><td>${each.kind}</td><td><bdi>${clip(each.identityUid, SHOWN_NAME)}</bdi></td><td><bdi>${clip(each.what, SHOWN_NAME)}</bdi></td><td>${givesText(each)}</td></tr>`,
    );
  return markup`<h3>Not in the code</h3><p>${unmanagedCounts(unmanaged)}</p><div class="records">${table(
    'What no approved code describes',
    columns,
    rows,
  )}</div>${more(unmanaged.length - rows.length + left, 'thing')}`;
}

function more(count: number, noun: string): Markup | null {
  return count > 0
    ? markup`<p class="note">${counted(count, `more ${noun}`)}: nhi drift --format json.</p>`
    : null;
}
