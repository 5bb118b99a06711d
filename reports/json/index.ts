import { defineReport } from '#contract/report.ts';
import type { ReportInput } from '#contract/report.ts';
import { inertJson } from '../inert-json.ts';
import { ordered } from '../order.ts';

/**
 * The whole input as JSON of `schema.json`: keys and rows in a fixed order, two spaces deep. Only the rules' examples
 * are left out: they are about small worlds, not about this snapshot.
 */
export const jsonReport = defineReport({
  format: 'json',
  title: 'Everything, for programs',
  extension: 'json',
  render: renderJson,
});

function renderJson(input: ReportInput): string {
  const sorted = ordered(input);
  const rules = sorted.rules.map((rule) => ({ ...rule, examples: undefined })); // JSON leaves undefined out
  return `${inertJson({ schemaVersion: 1, ...sorted, rules }, 2)}\n`;
}
