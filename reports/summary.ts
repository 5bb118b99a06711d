import type { ReportFinding, ReportInput } from '#contract/report.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { Finding, Severity } from '#model/finding.ts';
import { SYSTEMS } from '#model/system.ts';
import type { System } from '#model/system.ts';
import { coverageView } from './coverage.ts';
import type { CoverageView } from './coverage.ts';

/** Findings counted: failures by severity, and apart from them what could not be decided. */
export interface Tally {
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
}

/** One line of the table by system. */
export interface SystemSummary extends Tally {
  readonly system: System | null;
  readonly identities: number;
  /** Feeds of its scopes: how many there are, and how many were read completely. */
  readonly feeds: number;
  readonly feedsComplete: number;
}

/** The numbers that every report begins with. */
export interface Summary extends Tally {
  readonly identities: number;
  readonly problems: number;
  /** Those of the problems that a waiver covers. */
  readonly waived: number;
  /** Problems that the baseline has not, and what it has that is gone; null: nothing was compared. */
  readonly compared: { readonly fresh: number; readonly gone: number } | null;
  readonly bySystem: readonly SystemSummary[];
  readonly coverage: CoverageView;
  readonly feeds: number;
  readonly feedsComplete: number;
  /** What the rules answered, over all of their subjects. */
  readonly checks: {
    readonly rules: number;
    readonly passed: number;
    readonly failed: number;
    readonly unknown: number;
  };
}

/** Counts an ordered input. */
export function summarise(input: ReportInput): Summary {
  const coverage = coverageView(input);
  const total = tally(input.findings);
  return {
    ...total,
    identities: input.identities.length,
    problems: sum(SEVERITIES.map((severity) => total.failed[severity])),
    waived: failures(input, ({ waiver }) => waiver !== undefined),
    compared: compared(input),
    bySystem: bySystem(input, coverage),
    coverage,
    feeds: coverage.cells.length,
    feedsComplete: coverage.cells.filter((cell) => cell.status === 'complete').length,
    checks: {
      rules: new Set(input.ruleResults.map((result) => result.ruleId)).size,
      passed: sum(input.ruleResults.map((result) => result.passed)),
      failed: sum(input.ruleResults.map((result) => result.failed)),
      unknown: sum(input.ruleResults.map((result) => result.unknown)),
    },
  };
}

/** Counts findings. */
export function tally(findings: readonly Finding[]): Tally {
  const failed = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  let unknown = 0;
  for (const finding of findings) {
    if (finding.status === 'unknown') unknown++;
    else failed[finding.severity]++;
  }
  return { failed, unknown };
}

function compared(input: ReportInput): Summary['compared'] {
  if (input.baseline === undefined) return null;
  const fresh = failures(input, ({ baselineState }) => baselineState === 'new');
  return { fresh, gone: input.baseline.absent.length };
}

function failures({ findings }: ReportInput, which: (finding: ReportFinding) => boolean): number {
  return findings.filter((finding) => finding.status === 'fail' && which(finding)).length;
}

function bySystem(input: ReportInput, coverage: CoverageView): SystemSummary[] {
  return [...SYSTEMS, null].flatMap((system) => {
    const identities = rowsOf(input.identities, system);
    const findings = rowsOf(input.findings, system);
    const cells = rowsOf(coverage.cells, system);
    const others = system === null ? [] : [...rowsOf(input.scopes, system), ...rowsOf(coverage.gaps, system)];
    if (identities.length + findings.length + cells.length + others.length === 0) return [];
    const feedsComplete = cells.filter((cell) => cell.status === 'complete').length;
    return [
      { system, ...tally(findings), identities: identities.length, feeds: cells.length, feedsComplete },
    ];
  });
}

function rowsOf<Row extends { readonly system: System | null }>(
  rows: readonly Row[],
  system: System | null,
): readonly Row[] {
  return rows.filter((row) => row.system === system);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
