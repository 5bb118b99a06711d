import type { ReportInput } from '#contract/report.ts';
import { SEVERITIES } from '#model/finding.ts';
import { FEEDS } from '#model/scope.ts';
import type { Feed } from '#model/scope.ts';
import type { Summary, SystemSummary } from '../../summary.ts';
import { grouped, SEVERITY_MARKS, systemTitle } from '../../words.ts';
import { bar } from '../bar.ts';
import { ageHistograms } from '../charts/age-histogram.ts';
import { figure } from '../charts/figure.ts';
import { trendLines } from '../charts/trend-lines.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { kpisSection } from './kpis.ts';
import { severityMark, table } from './parts.ts';

/** The metrics, and what a picture says better than a list; null: there is nothing to draw. */
export function chartsSection(input: ReportInput, summary: Summary): Markup | null {
  if (summary.bySystem.length === 0 && (input.kpis ?? []).length === 0) return null;
  return markup`<h2 tabindex="-1">Metrics</h2>
${kpisSection(input.kpis)}
<div class="figures">
${severities(summary)}
${ageHistograms(input.credentialAges)}
${trendLines(input.trend)}
${coverage(summary)}
</div>`;
}

function severities({ bySystem, checks }: Summary): Markup | null {
  if (bySystem.length === 0) return null;
  const whole = Math.max(1, ...bySystem.map(failures));
  const note = checks.unknown > 0 ? 'Unknown answers are no findings and stand apart in the numbers.' : null;
  return figure(
    'Findings by system and severity',
    note,
    markup`<p class="legend">${SEVERITIES.map((severity) => severityMark(severity))}</p><ul class="bars">${bySystem.map(
      (line) =>
        markup`<li><span>${systemTitle(line.system)}</span>${bar(severityParts(line), whole)}<span class="n">${grouped(failures(line))}</span></li>`,
    )}</ul>`,
    {
      columns: [
        { title: 'System' },
        ...SEVERITIES.map((severity) => ({ title: SEVERITY_MARKS[severity].word, className: 'n' })),
        { title: 'Unknown', className: 'n' },
      ],
      rows: bySystem.map((line) => [
        systemTitle(line.system),
        ...SEVERITIES.map((severity) => grouped(line.failed[severity])),
        grouped(line.unknown),
      ]),
    },
  );
}

function severityParts({ failed }: SystemSummary) {
  return SEVERITIES.map((severity) => ({
    value: failed[severity],
    fill: severity,
    word: SEVERITY_MARKS[severity].word,
  }));
}

function failures({ failed }: SystemSummary): number {
  return SEVERITIES.reduce((sum, severity) => sum + failed[severity], 0);
}

/** A table that is a picture: how much of each feed was read, in how many scopes. */
function coverage({ coverage: { cells } }: Summary): Markup | null {
  if (cells.length === 0) return null;
  const systems = [...new Set(cells.map(({ system }) => system))];
  const columns = [{ title: 'System' }, ...FEEDS.map((feed) => ({ title: feed, className: 'feed' }))];
  const rows = systems.map((system) => {
    const ofFeed = (feed: Feed) => cells.filter((cell) => cell.system === system && cell.feed === feed);
    return markup`<tr><th scope="row">${systemTitle(system)}</th>${FEEDS.map((feed) => feedCell(ofFeed(feed).map(({ status }) => status)))}</tr>`;
  });
  return figure(
    'Coverage by system and feed',
    'Scopes of which the feed was read completely, of all that were asked for it; hatched is what was not.',
    table('Coverage by system and feed', columns, rows),
    null,
  );
}

function feedCell(statuses: readonly string[]): Markup {
  if (statuses.length === 0) {
    return markup`<td class="feed none"><span aria-hidden="true">·</span><span class="unseen">no record</span></td>`;
  }
  const complete = statuses.filter((status) => status === 'complete').length;
  const short = complete < statuses.length;
  const parts = [
    { value: complete, fill: 'complete', word: 'Complete' },
    { value: statuses.length - complete, fill: 'unknown', word: 'Not complete' },
  ];
  return markup`<td class="feed">${bar(parts, statuses.length)}<span${short ? markup` class="tone-unknown"` : null}>${complete} of ${statuses.length}</span></td>`;
}
