import { defineReport } from '#contract/report.ts';
import type { ReportInput } from '#contract/report.ts';
import { headline } from '../headline.ts';
import { lookup } from '../lookup.ts';
import { ordered } from '../order.ts';
import { summarise } from '../summary.ts';
import { pageData } from './data.ts';
import { document } from './document.ts';
import { chartsSection } from './sections/charts.ts';
import { coverageSection } from './sections/coverage.ts';
import { driftSection } from './sections/drift.ts';
import { findingsSection } from './sections/findings.ts';
import { frameworkSection } from './sections/framework.ts';
import { identitiesSection } from './sections/identities.ts';
import { masthead } from './sections/masthead.ts';
import { rulesSection } from './sections/rules.ts';
import { summarySection } from './sections/summary.ts';
import { waysSection } from './sections/ways.ts';

/** One page that needs no network: to read, search, filter, sort and print, and without scripts still a report. */
export const htmlReport = defineReport({
  format: 'html',
  title: 'A page for people, in one file',
  extension: 'html',
  wants: ['adminWays', 'details'],
  render: renderHtml,
});

function renderHtml(input: ReportInput): string {
  const sorted = ordered(input);
  const by = lookup(sorted);
  const summary = summarise(sorted);
  const said = headline(summary);
  const data = pageData(sorted, summary, by);
  const parts = { charts: chartsSection(sorted, summary), ways: waysSection(sorted, by) };
  return document({
    title: `Non-human identity audit, ${sorted.snapshot.asOf.slice(0, 10)}`,
    masthead: masthead(sorted, summary, parts.charts !== null),
    views: [
      {
        name: 'findings',
        content: [summarySection(summary, said, by), findingsSection(data, said, by)],
      },
      { name: 'identities', content: identitiesSection(data, summary) },
      ...(parts.charts === null ? [] : [{ name: 'metrics', content: parts.charts }]),
      ...(parts.ways === null ? [] : [{ name: 'paths', content: parts.ways }]),
      ...(sorted.drift === undefined ? [] : [{ name: 'drift', content: driftSection(sorted.drift) }]),
      { name: 'coverage', content: coverageSection(sorted, summary, by) },
      ...(sorted.framework === undefined
        ? []
        : [{ name: 'framework', content: frameworkSection(sorted.framework) }]),
      { name: 'rules', content: rulesSection(sorted) },
      { name: 'identity', content: null },
    ],
    data,
  });
}
