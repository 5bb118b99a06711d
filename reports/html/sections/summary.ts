import { SEVERITIES } from '#model/finding.ts';
import type { Severity } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import type { Headline } from '../../headline.ts';
import { clip } from '../../inert-text.ts';
import type { Lookup } from '../../lookup.ts';
import type { Summary, SystemSummary } from '../../summary.ts';
import { counted, grouped, SEVERITY_MARKS, systemTitle, UNKNOWN_MARK } from '../../words.ts';
import { bar } from '../bar.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { coverageMark, mark, severityMark, table, where } from './parts.ts';

/** What was found and, with the same weight, what was not measured. */
export function summarySection(summary: Summary, { tone, result, unmeasured }: Headline, by: Lookup): Markup {
  return markup`<div class="summary">
<p class="headline tone-${tone === 'clear' ? 'complete' : 'text'}">${tone === 'clear' ? '✓ ' : null}${result}</p>
<ul class="tiles" aria-label="Findings by severity, unknown answers and coverage">
${SEVERITIES.map((severity) => severityTile(severity, summary))}
${unknownTile(summary)}
${coverageTile(summary)}
</ul>
<div class="overview">
${bySystem(summary)}
${unmeasured === null ? null : unmeasuredNote(unmeasured, summary, by)}
</div>
</div>`;
}

function severityTile(severity: Severity, { failed, checks }: Summary): Markup {
  const count = failed[severity];
  const number = counting(count, checks.passed + checks.failed);
  return markup`<li><a class="tile${count === 0 ? ' none' : null}" href="#/findings?severity=${severity}&amp;status=fail">${severityMark(severity)} <span class="number">${number}</span></a></li>`;
}

function unknownTile({ unknown: count, checks }: Summary): Markup {
  const number = counting(count, checks.rules);
  return markup`<li><a class="tile ${count === 0 ? 'none' : 'open-question'}" href="#/findings?status=unknown">${mark(UNKNOWN_MARK, 'unknown')} <span class="number">${number}</span></a></li>`;
}

/** A nought would say that something was looked at. */
function counting(count: number, answers: number): string {
  return count === 0 && answers === 0 ? '–' : grouped(count);
}

function coverageTile(summary: Summary): Markup {
  const { feeds, feedsComplete } = summary;
  const share = feeds === 0 ? '–' : `${Math.floor((100 * feedsComplete) / feeds)} %`;
  const complete = feeds > 0 && feeds === feedsComplete && summary.coverage.gaps.length === 0;
  return markup`<li class="wide"><a class="tile${complete ? null : ' open-question'}" href="#/coverage"><span class="mark tone-${complete ? 'complete' : 'unknown'}"><span class="glyph" aria-hidden="true">${complete ? '✓' : '◐'}</span> Coverage</span> <span class="number">${share}</span> <span class="small">${feeds === 0 ? 'no record' : `${grouped(feedsComplete)} of ${counted(feeds, 'feed')}`}</span></a></li>`;
}

/** The worst gaps by name: a reader must not have to look for them. */
function unmeasuredNote(unmeasured: string, summary: Summary, by: Lookup): Markup {
  const { gaps } = summary.coverage;
  return markup`<div class="note unmeasured" role="note"><p><strong>${unmeasured}</strong></p>
${gaps.length === 0 ? null : markup`<ul>${gaps.slice(0, 3).map((gap) => gapLine(gap, by))}${gaps.length > 3 ? markup`<li><a href="#/coverage">and ${counted(gaps.length - 3, 'more gap')}</a></li>` : null}</ul>`}</div>`;
}

function gapLine(gap: Coverage, by: Lookup): Markup {
  const placed = gap.system !== null || gap.scopeUid !== null;
  const place = placed ? markup`<bdi>${where(gap, by)}</bdi>: ` : null;
  const parts = [gap.feed, gap.detail ?? gap.call];
  const what = clip(parts.filter((part) => part !== null).join(': '), 100);
  return markup`<li>${coverageMark(gap.status)} ${place}${what}</li>`;
}

function bySystem(summary: Summary): Markup | null {
  if (summary.bySystem.length === 0) return null;
  const whole = Math.max(...summary.bySystem.map(total));
  const columns = [
    { title: 'System' },
    { title: 'Findings', className: 'chart' },
    ...SEVERITIES.map((severity) => ({ title: severityMark(severity), className: 'n' })),
    { title: mark(UNKNOWN_MARK, 'unknown'), className: 'n' },
    { title: 'Identities', className: 'n' },
    { title: 'Feeds read', className: 'n' },
  ];
  return markup`<div class="by-system">${table(
    'Findings by system and severity',
    columns,
    summary.bySystem.map((line) => systemRow(line, whole)),
  )}</div>`;
}

function systemRow(line: SystemSummary, whole: number): Markup {
  const parts = [
    ...SEVERITIES.map((severity) => ({
      value: line.failed[severity],
      fill: severity,
      word: SEVERITY_MARKS[severity].word,
    })),
    { value: line.unknown, fill: 'unknown', word: UNKNOWN_MARK.word },
  ];
  const feeds = line.feeds === 0 ? 'no record' : `${grouped(line.feedsComplete)} of ${grouped(line.feeds)}`;
  const short = line.feeds === 0 || line.feedsComplete < line.feeds;
  return markup`<tr><th scope="row">${systemTitle(line.system)}</th><td class="chart">${bar(parts, whole)}</td>${parts.map(
    ({ value }) => markup`<td class="n${value === 0 ? ' none' : null}">${grouped(value)}</td>`,
  )}<td class="n">${grouped(line.identities)}</td><td class="n${short ? ' tone-unknown' : null}">${feeds}</td></tr>`;
}

function total(line: SystemSummary): number {
  return SEVERITIES.reduce((sum, severity) => sum + line.failed[severity], line.unknown);
}
