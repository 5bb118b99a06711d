import type { ReportInput } from '#contract/report.ts';
import type { RuleHeader } from '#contract/rule.ts';
import type { RuleResult } from '#model/finding.ts';
import { groupBy } from '../../group.ts';
import { addressPart, clip } from '../../inert-text.ts';
import { counted, grouped, UNKNOWN_MARK } from '../../words.ts';
import { bar } from '../bar.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { mark, severityMark, table } from './parts.ts';

const ROWS = 500;

const COLUMNS = [
  { title: 'Severity' },
  { title: 'Rule' },
  { title: 'Category' },
  { title: 'Answers', className: 'chart' },
  { title: 'Fail', className: 'n' },
  { title: mark(UNKNOWN_MARK, 'unknown'), className: 'n' },
  { title: 'Pass', className: 'n' },
];

/** Every rule with its answers counted; one that measured nothing says so. */
export function rulesSection(input: ReportInput): Markup {
  if (input.rules.length === 0) {
    return markup`<h2 tabindex="-1">Rules</h2><div class="empty"><p><strong>No rule was run.</strong> Nothing here says that anything is in order.</p></div>`;
  }
  const results = groupBy(input.ruleResults, (result) => result.ruleId);
  const titles = new Map(input.findings.map((finding) => [finding.ruleId, finding.title]));
  return markup`<h2 tabindex="-1">Rules</h2>
<p class="lead">${counted(input.rules.length, 'rule')}. “Pass” counts subjects that were measured; a rule whose data is missing answers “unknown”.</p>
${table(
  'Rules and their answers',
  COLUMNS,
  input.rules.slice(0, ROWS).map((rule) => ruleRow(rule, results.get(rule.id) ?? [], titles)),
)}
${input.rules.length > ROWS ? markup`<p class="note">${counted(input.rules.length - ROWS, 'more rule')} in the json report.</p>` : null}`;
}

function ruleRow(
  rule: RuleHeader,
  results: readonly RuleResult[],
  titles: ReadonlyMap<string, string>,
): Markup {
  const [failed, unknown, passed] = (['failed', 'unknown', 'passed'] as const).map((kind) =>
    results.reduce((sum, result) => sum + result[kind], 0),
  );
  const title = clip(titles.get(rule.id) ?? openTitle(rule.title), 200);
  return markup`<tr><td>${severityMark(rule.severity)}</td><td><details><summary>${title} <code class="under">${clip(rule.id, 160)}</code></summary>${prose(rule)}</details></td><td>${rule.category}</td>${answers(failed ?? 0, unknown ?? 0, passed ?? 0)}<td class="n">${
    (failed ?? 0) > 0
      ? markup`<a href="#/findings?rule=${addressPart(rule.id)}&amp;status=fail">${grouped(failed ?? 0)}</a>`
      : '0'
  }</td><td class="n">${grouped(unknown ?? 0)}</td><td class="n">${grouped(passed ?? 0)}</td></tr>`;
}

function answers(failed: number, unknown: number, passed: number): Markup {
  const all = failed + unknown + passed;
  if (all === 0) return markup`<td class="chart none">nothing to check</td>`;
  if (all === unknown) return markup`<td class="chart tone-unknown">nothing was measured</td>`;
  const parts = [
    { value: failed, fill: 'failed', word: 'Fail' },
    { value: unknown, fill: 'unknown', word: 'Unknown' },
    { value: passed, fill: 'passed', word: 'Pass' },
  ];
  return markup`<td class="chart">${bar(parts, all)}</td>`;
}

function prose({ about, remedy, needs }: RuleHeader): Markup {
  return markup`${paragraphs(about)}<p><strong>What to do.</strong></p>${paragraphs(remedy)}<p class="small">Needs: ${needs.join(', ')}</p>`;
}

function paragraphs(text: string): Markup {
  return markup`${text
    .trim()
    .split(/\s*\n\s*/u)
    .map((line) => markup`<p>${clip(line, 2000)}</p>`)}`;
}

/** A title without its thresholds, where no finding says them. */
function openTitle(title: string): string {
  return title.replace(/\{\{(\w+)\}\}/gu, '‹$1›');
}
