import type { ReportInput } from '#contract/report.ts';
import { clip, readableInstant } from '../../inert-text.ts';
import type { Summary } from '../../summary.ts';
import { counted, grouped } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';

/** What the report is about, and the way to its parts. */
export function masthead(
  { snapshot, rules, framework, adminWays, baseline, drift }: ReportInput,
  summary: Summary,
  metrics: boolean,
): Markup {
  const gaps = summary.coverage.gaps.length;
  return markup`<a class="skip" href="#content">Skip to the content</a>
<header class="masthead">
  <h1>Non-human identity audit</h1>
  <p class="origin">As of <time datetime="${snapshot.asOf}">${readableInstant(snapshot.asOf)}</time> <span class="dot">·</span> snapshot <code>${snapshot.id}</code> <span class="dot">·</span> nhi-auditor ${snapshot.toolVersion}${baseline === undefined ? null : markup` <span class="dot">·</span> compared with <bdi>${clip(baseline.name, 100)}</bdi>`}</p>
  <nav aria-label="Parts of the report">
    ${tab('findings', 'Findings', summary.problems, summary.unknown > 0 ? `${grouped(summary.unknown)} unknown` : null)}
    ${tab('identities', 'Identities', summary.identities, null)}
    ${metrics ? tab('metrics', 'Metrics', null, null) : null}
    ${adminWays === undefined ? null : tab('paths', 'Paths', adminWays.ways.length, adminWays.left > 0 ? 'and more' : null)}
    ${drift === undefined ? null : tab('drift', 'Drift', drift.changes.length + drift.left, null)}
    ${tab('coverage', 'Coverage', null, gaps > 0 ? counted(gaps, 'gap') : summary.feeds === 0 ? 'no record' : null)}
    ${framework === undefined ? null : tab('framework', 'Framework', framework.controls.length, null)}
    ${tab('rules', 'Rules', rules.length, null)}
  </nav>
</header>`;
}

function tab(view: string, title: string, count: number | null, aside: string | null): Markup {
  const number = count === null ? null : markup` <span class="count">${grouped(count)}</span>`;
  const note = aside === null ? null : markup` <span class="aside tone-unknown">${aside}</span>`;
  return markup`<a href="#/${view}" data-tab="${view}">${title}${number}${note}</a>`;
}
