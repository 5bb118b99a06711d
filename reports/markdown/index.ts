import { defineReport } from '#contract/report.ts';
import type { ReportInput, SnapshotInfo } from '#contract/report.ts';
import { headline } from '../headline.ts';
import { readableInstant } from '../inert-text.ts';
import { lookup } from '../lookup.ts';
import { ordered } from '../order.ts';
import { summarise } from '../summary.ts';
import type { Summary } from '../summary.ts';
import { driftSection } from './drift.ts';
import { code } from './escape.ts';
import { frameworkSection } from './framework.ts';
import { kpisSection } from './kpis.ts';
import { findingsSection, gapsSection, newSection, systemsSection, unknownSection } from './sections.ts';

/**
 * A summary for pull requests and job summaries: at most 60,000 bytes, which fits a comment on GitHub (65,536
 * characters) as well as a job summary (1 MiB); what is left out is counted.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
export const markdownReport = defineReport({
  format: 'markdown',
  title: 'A summary for pull requests and job summaries',
  extension: 'md',
  render: renderMarkdown,
});

function renderMarkdown(input: ReportInput): string {
  const sorted = ordered(input);
  const summary = summarise(sorted);
  const by = lookup(sorted);
  const sections = [
    intro(summary, sorted.snapshot),
    newSection(sorted.findings, sorted.baseline, by),
    systemsSection(summary),
    frameworkSection(sorted.framework),
    kpisSection(sorted.kpis),
    driftSection(sorted.drift),
    findingsSection(sorted.findings, sorted.baseline, by),
    unknownSection(sorted.findings),
    gapsSection(summary.coverage.gaps, by),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function intro(summary: Summary, snapshot: SnapshotInfo): string[] {
  const { tone, result, unmeasured } = headline(summary);
  return [
    '## Non-human identity audit',
    '',
    `${tone === 'clear' ? '✓ ' : ''}**${result}**`,
    ...(unmeasured === null ? [] : ['', `**? ${unmeasured}**`]),
    '',
    `Snapshot ${code(snapshot.id)} as of ${code(readableInstant(snapshot.asOf))}, nhi-auditor ${code(snapshot.toolVersion)}.`,
  ];
}
