import type { ReportBaseline, ReportFinding } from '#contract/report.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import { fit } from '../fit.ts';
import { groupBy } from '../group.ts';
import type { Lookup } from '../lookup.ts';
import type { Summary } from '../summary.ts';
import { waiverText } from '../waiver-words.ts';
import { COVERAGE_MARKS, counted, grouped, SEVERITY_MARKS, systemTitle, UNKNOWN_MARK } from '../words.ts';
import type { Mark } from '../words.ts';
import { code, prose, row, table } from './escape.ts';

/** Bytes and rows that a list may take; the rest is counted. */
const FINDINGS_LIMIT = { rows: 100, bytes: 40_000 };
const COMPARED_LIMIT = { rows: 50, bytes: 20_000 };
const UNKNOWN_LIMIT = { rows: 30, bytes: 6_000 };
const GAPS_LIMIT = { rows: 30, bytes: 10_000 };

/** Findings by severity and system, with what is unknown and unread beside them. */
export function systemsSection(summary: Summary): string[] {
  if (summary.bySystem.length === 0) return [];
  const severities = SEVERITIES.map((severity) => `${mark(SEVERITY_MARKS[severity])}:`);
  const rows = summary.bySystem.map((line) =>
    row([
      systemTitle(line.system),
      ...SEVERITIES.map((severity) => grouped(line.failed[severity])),
      grouped(line.unknown),
      grouped(line.identities),
      line.feeds === 0 ? 'no record' : `${grouped(line.feedsComplete)} of ${grouped(line.feeds)}`,
    ]),
  );
  return [
    '### By system',
    '',
    ...table(['System', ...severities, `${mark(UNKNOWN_MARK)}:`, 'Identities:', 'Feeds read:'], rows),
  ];
}

/** What failed and the baseline has not, worst first; what became worse is among it. */
export function newSection(
  findings: readonly ReportFinding[],
  baseline: ReportBaseline | undefined,
  by: Lookup,
): string[] {
  if (baseline === undefined) return [];
  const fresh = findings.filter(({ status, baselineState }) => status === 'fail' && baselineState === 'new');
  const heading = `### New since ${code(baseline.name)}`;
  return fresh.length === 0 ? [heading, '', 'Nothing.'] : findingsTable(heading, fresh, COMPARED_LIMIT, by);
}

/** What failed, worst first; with a baseline, what was there before. */
export function findingsSection(
  findings: readonly ReportFinding[],
  baseline: ReportBaseline | undefined,
  by: Lookup,
): string[] {
  const failures = findings.filter(
    ({ status, baselineState }) => status === 'fail' && baselineState !== 'new',
  );
  if (failures.length === 0) return [];
  return baseline === undefined
    ? findingsTable('### Worst findings', failures, FINDINGS_LIMIT, by)
    : findingsTable('### Worst of what was there before', failures, COMPARED_LIMIT, by);
}

function findingsTable(
  heading: string,
  findings: readonly ReportFinding[],
  limit: typeof FINDINGS_LIMIT,
  by: Lookup,
): string[] {
  const { kept, left } = limited(findings, limit, (finding) => findingRow(finding, by));
  return [
    heading,
    '',
    ...table(['Severity', 'Finding', 'Identity', 'Where', 'First seen'], kept),
    ...leftOut(left, 'finding', 'The html, csv and json reports hold them all.'),
  ];
}

/** What could not be decided: a line for each rule. */
export function unknownSection(findings: readonly ReportFinding[]): string[] {
  const unknown = findings.filter(({ status }) => status === 'unknown');
  const groups = groupBy(unknown, (finding) => finding.ruleId);
  if (groups.size === 0) return [];
  const { kept, left } = limited([...groups.values()], UNKNOWN_LIMIT, unknownRow);
  return [
    '### Unknown answers',
    '',
    ...table(['Severity', 'Rule', 'Answers:'], kept),
    ...leftOut(left, 'rule', 'The html, csv and json reports hold them all.'),
  ];
}

/** What was not read, worst first. */
export function gapsSection(gaps: readonly Coverage[], by: Lookup): string[] {
  if (gaps.length === 0) return [];
  const { kept, left } = limited(gaps, GAPS_LIMIT, (gap) => gapRow(gap, by));
  return [
    '### Not measured',
    '',
    'Rules that need these feeds answer “unknown” there, never “passed”.',
    '',
    ...table(['Status', 'System', 'Where', 'Feed', 'What is missing'], kept),
    ...leftOut(left, 'gap', 'The html and json reports hold them all.'),
  ];
}

function findingRow(finding: ReportFinding, by: Lookup): string {
  const identity = by.identity(finding.identityUid);
  const name = identity?.name ?? finding.identityUid ?? finding.subjectUid;
  return row([
    mark(SEVERITY_MARKS[finding.severity]),
    titleCell(finding) + waiverLine(finding),
    name === null ? '–' : code(name),
    `${systemTitle(finding.system)} ${scopeName(finding.scopeUid, by)}`.trimEnd(),
    code(finding.firstSeenAt.slice(0, 10)),
  ]);
}

function waiverLine({ waiver }: ReportFinding): string {
  return waiver === undefined ? '' : `<br>${prose(waiverText(waiver))}`;
}

function unknownRow(group: readonly ReportFinding[]): string {
  const [first] = group;
  if (first === undefined) return '';
  return row([mark(SEVERITY_MARKS[first.severity]), titleCell(first), grouped(group.length)]);
}

function titleCell(finding: ReportFinding): string {
  return `${prose(finding.title)}<br>${code(finding.ruleId)}`;
}

function gapRow(gap: Coverage, by: Lookup): string {
  const permission = gap.missingPermission === null ? [] : [`needs ${code(gap.missingPermission)}`];
  const detail = [gap.call, gap.detail].filter((text) => text !== null).map((text) => code(text, 160));
  return row([
    mark(COVERAGE_MARKS[gap.status]),
    systemTitle(gap.system),
    scopeName(gap.scopeUid, by) || '–',
    gap.feed ?? '–',
    [...detail, ...permission].join(', '),
  ]);
}

function scopeName(uid: string | null, by: Lookup): string {
  return uid === null ? '' : code(by.scope(uid)?.name ?? uid);
}

function limited<Row>(
  rows: readonly Row[],
  limit: { readonly rows: number; readonly bytes: number },
  text: (row: Row) => string,
): { readonly kept: readonly string[]; readonly left: number } {
  const { kept } = fit(rows.slice(0, limit.rows).map(text), limit.bytes, (line) => `${line}\n`);
  return { kept, left: rows.length - kept.length };
}

function leftOut(count: number, noun: string, where: string): string[] {
  return count === 0 ? [] : ['', `${counted(count, `more ${noun}`)} left out for length. ${where}`];
}

function mark({ glyph, word }: Mark): string {
  return `${glyph} ${word}`;
}
