import { defineReport } from '#contract/report.ts';
import type { ReportInput } from '#contract/report.ts';
import { coverageView } from '../coverage.ts';
import { fit } from '../fit.ts';
import { inertJson } from '../inert-json.ts';
import { lookup } from '../lookup.ts';
import { ordered } from '../order.ts';
import { notifications } from './notifications.ts';
import { absentResult, resultOf } from './result.ts';
import { ruleDescriptor } from './rule-descriptor.ts';

/**
 * SARIF 2.1.0 with one run, for code scanning: at most 25,000 results, the worst ones; what is left out is counted.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarifReport = defineReport({
  format: 'sarif',
  title: 'Findings for code scanning',
  extension: 'sarif',
  render: renderSarif,
});

/**
 * GitHub refuses a run of more results, and files of more than 10 MB when compressed.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
const LIMIT = { results: 25_000, bytes: 50_000_000 };

/** What relative addresses are relative to: the root of the repository that the results are uploaded for. */
const BASE_ID = '%SRCROOT%';

function renderSarif(input: ReportInput): string {
  const sorted = ordered(input);
  const by = lookup(sorted);
  const ruleIndexes = new Map(sorted.rules.map((rule, at) => [rule.id, at]));
  const absent = sorted.baseline?.absent ?? [];
  const worst = [
    ...sorted.findings.map(
      (finding) => () => resultOf(finding, ruleIndexes.get(finding.ruleId), by, BASE_ID),
    ),
    ...absent.map((row) => () => absentResult(row, ruleIndexes.get(row.ruleId), BASE_ID)),
  ];
  const results = worst.slice(0, LIMIT.results).map((make) => make());
  const { kept } = fit(results, LIMIT.bytes, (result) => JSON.stringify(result));
  const left = worst.length - kept.length;
  const { gaps } = coverageView(sorted);
  const { id, asOf, toolVersion } = sorted.snapshot;
  return `${inertJson(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: 'nhi-auditor', version: toolVersion, rules: sorted.rules.map(ruleDescriptor) },
          },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: {
            [BASE_ID]: {
              description: { text: 'The root of the repository; inventory/ need not exist in it.' },
            },
          },
          invocations: [
            {
              executionSuccessful: gaps.every(({ status }) => status !== 'failed'),
              toolExecutionNotifications: notifications(gaps, left),
            },
          ],
          properties: { snapshot: id, asOf },
          results: kept,
        },
      ],
    },
    2,
  )}\n`;
}
