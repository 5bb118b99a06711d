import type { ReportDrift } from '#contract/report.ts';
import type { ExplainedChange, Unmanaged } from '#model/drift.ts';
import {
  approvalText,
  authorTexts,
  causeText,
  changeText,
  DIRECTION_MARKS,
  directionCounts,
  givesText,
  unmanagedCounts,
  worstFirst,
} from '../drift-words.ts';
import { fit } from '../fit.ts';
import { clip } from '../inert-text.ts';
import { counted } from '../words.ts';
import { code, prose, row, table } from './escape.ts';

/** Bytes and rows that the lists may take; the rest is counted. */
const CHANGES = { rows: 50, bytes: 12_000 };
const UNMANAGED = { rows: 20, bytes: 4_000 };
const CAUSES = 3;

/** What identities gained and lost, why and by whom, and what no approved code describes. */
export function driftSection(drift: ReportDrift | undefined): string[] {
  if (drift === undefined) return [];
  const { from, changes, unmanaged } = drift;
  const { kept } = fit(changes.slice(0, CHANGES.rows).map(changeRow), CHANGES.bytes, (line) => `${line}\n`);
  const left = changes.length - kept.length + drift.left;
  return [
    `### Drift from ${code(from)}`,
    '',
    changes.length === 0 ? 'Nothing that identities can do has changed.' : `${directionCounts(changes)}.`,
    ...(kept.length === 0 ? [] : ['', ...table(['', 'Identity', 'What and why', 'Approved', 'By'], kept)]),
    ...more(left, 'change'),
    ...(unmanaged === null || unmanaged.length === 0 ? [] : unmanagedLines(unmanaged, drift.unmanagedLeft)),
  ];
}

function changeRow(change: ExplainedChange): string {
  const { glyph, word } = DIRECTION_MARKS[change.direction];
  const why = change.causes
    .slice(0, CAUSES)
    .map((cause) => prose(causeText(cause, (text) => clip(text, 80))));
  return row([
    `${prose(glyph)} ${word}`,
    code(change.identityUid),
    [code(changeText(change), 120), ...why].join('<br>'),
    prose(approvalText(change) ?? 'not known'),
    authorTexts(change)
      .map((text) => prose(text, 120))
      .join('<br>'),
  ]);
}

function unmanagedLines(unmanaged: readonly Unmanaged[], left: number): string[] {
  const rows = worstFirst(unmanaged)
    .slice(0, UNMANAGED.rows)
    .map((each) => row([each.kind, code(each.identityUid), code(each.what), prose(givesText(each))]));
  const { kept } = fit(rows, UNMANAGED.bytes, (line) => `${line}\n`);
  return [
    '',
    `Not in the code: ${unmanagedCounts(unmanaged)}.`,
    '',
    ...table(['Kind', 'Identity', 'What', 'Gives'], kept),
    ...more(unmanaged.length - kept.length + left, 'thing'),
  ];
}

function more(count: number, noun: string): string[] {
  return count === 0 ? [] : ['', `${counted(count, `more ${noun}`)} left out for length: nhi drift.`];
}
