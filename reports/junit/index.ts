import { defineReport } from '#contract/report.ts';
import type { ReportFinding, ReportInput } from '#contract/report.ts';
import type { RuleResult } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import { coverageView } from '../coverage.ts';
import { groupBy } from '../group.ts';
import { clip } from '../inert-text.ts';
import { lookup } from '../lookup.ts';
import type { Lookup } from '../lookup.ts';
import { canonicalJson, ordered } from '../order.ts';
import { waiverText } from '../waiver-words.ts';
import { counted, COVERAGE_MARKS, systemTitle } from '../words.ts';
import { element, xmlText } from './xml.ts';

/**
 * JUnit's XML, for build servers: a test suite for each rule. Failures are failed tests; unknown answers, gaps and what is
 * waived are skipped ones with the reason; what passed is one test with a count, because passes are not stored one by one.
 * https://github.com/testmoapp/junitxml
 */
export const junitReport = defineReport({
  format: 'junit',
  title: 'Findings as test results',
  extension: 'xml',
  render: renderJunit,
});

interface Suite {
  readonly name: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly skipped: number;
}

function renderJunit(input: ReportInput): string {
  const sorted = ordered(input);
  const by = lookup(sorted);
  const findings = groupBy(sorted.findings, (finding) => finding.ruleId);
  const results = groupBy(sorted.ruleResults, (result) => result.ruleId);
  const ids = new Set([...sorted.rules.map((rule) => rule.id), ...results.keys(), ...findings.keys()]);
  const suites = [
    ...[...ids].map((id) => ruleSuite(id, findings.get(id) ?? [], results.get(id) ?? [], by)),
    ...coverageSuite(coverageView(sorted).gaps),
  ];
  const { id, asOf } = sorted.snapshot;
  const all = { name: `nhi-auditor, snapshot ${id}`, ...totals(suites) };
  const lines = suites.map((suite) => suiteElement(suite, asOf));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', all, lines.length === 0 ? [] : ['\n', ...lines])}\n`;
}

function ruleSuite(
  ruleId: string,
  findings: readonly ReportFinding[],
  results: readonly RuleResult[],
  by: Lookup,
): Suite {
  const failures = findings.filter(({ status, waiver }) => status === 'fail' && waiver === undefined).length;
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const cases = findings.map((finding) => findingCase(finding, by));
  if (passed > 0)
    cases.push(element('testcase', { classname: ruleId, name: `${counted(passed, 'subject')} passed` }));
  if (cases.length > 0) return { name: ruleId, cases, failures, skipped: findings.length - failures };
  return {
    name: ruleId,
    cases: [skippedCase(ruleId, 'not measured', 'nothing to check')],
    failures: 0,
    skipped: 1,
  };
}

function findingCase(finding: ReportFinding, by: Lookup): string {
  const { ruleId, identityUid, subjectUid, scopeUid, severity, title, status, evidence, waiver } = finding;
  const subject = [identityUid, subjectUid].filter((uid) => uid !== null).join(' ');
  const name = clip(subject === '' ? (scopeUid ?? title) : subject, 500);
  const place = [systemTitle(finding.system), by.scope(scopeUid)?.name ?? scopeUid].filter(
    (part) => part !== null,
  );
  if (waiver !== undefined) {
    return skippedCase(ruleId, name, clip(`${waiverText(waiver)}: ${severity}, ${title}`, 1_000));
  }
  if (status === 'unknown')
    return skippedCase(ruleId, name, `unknown: ${title}: ${clip(canonicalJson(evidence), 1_000)}`);
  const failure = element('failure', { type: severity, message: clip(title, 500) }, [
    xmlText(
      `${severity}, ${place.join(' · ')}, finding ${finding.id}, evidence ${clip(canonicalJson(evidence), 6_000)}`,
    ),
  ]);
  return element('testcase', { classname: ruleId, name }, [failure]);
}

/** Gaps stand beside the rules: what was not read must not look like what passed. */
function coverageSuite(gaps: readonly Coverage[]): Suite[] {
  if (gaps.length === 0) return [];
  const cases = gaps.map((gap) => {
    const place = [systemTitle(gap.system), gap.scopeUid, gap.feed, gap.call].filter((part) => part !== null);
    const needs = gap.missingPermission === null ? null : `needs ${gap.missingPermission}`;
    const why = [COVERAGE_MARKS[gap.status].word, gap.detail, needs].filter((part) => part !== null);
    return skippedCase('coverage', clip(place.join(' · '), 500), clip(why.join(', '), 1_000));
  });
  return [{ name: 'coverage', cases, failures: 0, skipped: cases.length }];
}

function skippedCase(classname: string, name: string, message: string): string {
  return element('testcase', { classname, name }, [element('skipped', { message })]);
}

function suiteElement({ name, cases, failures, skipped }: Suite, timestamp: string): string {
  const counts = { tests: cases.length, failures, errors: 0, skipped };
  const lines = cases.map((each) => `    ${each}\n`);
  return `  ${element('testsuite', { name, ...counts, timestamp }, ['\n', ...lines, '  '])}\n`;
}

function totals(suites: readonly Suite[]): Readonly<Record<string, number>> {
  const sum = (count: (suite: Suite) => number): number =>
    suites.reduce((total, suite) => total + count(suite), 0);
  return {
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ failures }) => failures),
    errors: 0,
    skipped: sum(({ skipped }) => skipped),
  };
}
