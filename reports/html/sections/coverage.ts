import type { ReportInput } from '#contract/report.ts';
import { FEEDS } from '#model/scope.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { coverageText } from '../../headline.ts';
import { clip } from '../../inert-text.ts';
import type { Lookup } from '../../lookup.ts';
import type { Summary } from '../../summary.ts';
import { counted, COVERAGE_MARKS, grouped } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { coverageMark, table, where } from './parts.ts';

const ROWS = { scopes: 200, gaps: 500, complete: 500 };
const STATUSES = [
  'complete',
  'partial',
  'denied',
  'failed',
  'skipped',
] as const satisfies Coverage['status'][];

/** How the population was collected: what was read where, what was not, and by which call or file. */
export function coverageSection(input: ReportInput, summary: Summary, by: Lookup): Markup {
  const complete = input.coverage.filter((row) => row.status === 'complete');
  const { gaps } = summary.coverage;
  return markup`<h2 tabindex="-1">Coverage</h2>
<p class="lead">${counted(summary.identities, 'identity', 'identities')} collected; ${coverageText(summary)}; ${counted(gaps.length, 'gap')}.</p>
${matrix(input, summary, by)}
<h3>Gaps</h3>
${gaps.length === 0 ? markup`<p>${summary.feeds === 0 ? 'Nothing was recorded, so nothing is known to be complete.' : 'None: every feed that was asked for was read completely.'}</p>` : rows('What was not read completely, worst first', gaps, ROWS.gaps, by)}
<h3>What was read completely</h3>
${complete.length === 0 ? markup`<p>Nothing.</p>` : markup`<details><summary>${counted(complete.length, 'call or file', 'calls and files')}</summary>${rows('Calls and files that were read completely', complete, ROWS.complete, by)}</details>`}`;
}

/** Scopes against feeds: a picture made of a table. */
function matrix(input: ReportInput, summary: Summary, by: Lookup): Markup | null {
  const population = new Map<Uid, number>();
  for (const { scopeUid } of input.identities) population.set(scopeUid, (population.get(scopeUid) ?? 0) + 1);
  const cells = new Map(summary.coverage.cells.map((cell) => [`${cell.feed} ${cell.scopeUid}`, cell]));
  const scopes = [...new Set([...summary.coverage.cells.map((cell) => cell.scopeUid), ...population.keys()])];
  if (scopes.length === 0) return null;
  const columns = [
    { title: 'Scope' },
    { title: 'Identities', className: 'n' },
    ...FEEDS.map((feed) => ({ title: feed, className: 'feed' })),
  ];
  const lines = scopes.slice(0, ROWS.scopes).map((scopeUid) => {
    const system =
      by.scope(scopeUid)?.system ?? summary.coverage.cells.find((cell) => cell.scopeUid === scopeUid)?.system;
    return markup`<tr><th scope="row"><bdi>${where({ system: system ?? null, scopeUid }, by)}</bdi></th><td class="n">${grouped(population.get(scopeUid) ?? 0)}</td>${FEEDS.map(
      (feed) => matrixCell(feed, cells.get(`${feed} ${scopeUid}`)?.status),
    )}</tr>`;
  });
  return markup`<p class="legend" aria-hidden="true">${STATUSES.map(coverageMark)} <span class="mark none">· no such feed recorded</span></p>
<div class="matrix">${table('How each feed of each scope was read', columns, lines)}</div>${more(scopes.length - ROWS.scopes, 'scope')}`;
}

function matrixCell(feed: Feed, status: Coverage['status'] | undefined): Markup {
  if (status === undefined)
    return markup`<td class="feed none"><span aria-hidden="true">·</span><span class="unseen">${feed}: no record</span></td>`;
  const { glyph, word } = COVERAGE_MARKS[status];
  return markup`<td class="feed ${status === 'complete' ? 'tone-complete' : 'gap tone-unknown'}"><span aria-hidden="true">${glyph}</span><span class="unseen">${word}</span></td>`;
}

function rows(caption: string, all: readonly Coverage[], limit: number, by: Lookup): Markup {
  const columns = [
    { title: 'Status' },
    { title: 'Where' },
    { title: 'Feed' },
    { title: 'Call or file' },
    { title: 'Detail' },
  ];
  return markup`<div class="records">${table(
    caption,
    columns,
    all.slice(0, limit).map((row) => coverageRow(row, by)),
  )}</div>${more(all.length - limit, 'row')}`;
}

function coverageRow(row: Coverage, by: Lookup): Markup {
  const permission =
    row.missingPermission === null
      ? null
      : markup`<span class="under">needs <code>${clip(row.missingPermission, 160)}</code></span>`;
  return markup`<tr><td>${coverageMark(row.status)}</td><td><bdi>${where(row, by)}</bdi></td><td>${row.feed ?? '–'}</td><td><code>${clip(row.call, 160)}</code></td><td>${clip(row.detail ?? '', 400)}${permission}</td></tr>`;
}

function more(count: number, noun: string): Markup | null {
  return count > 0 ? markup`<p class="note">${counted(count, `more ${noun}`)} in the json report.</p>` : null;
}
