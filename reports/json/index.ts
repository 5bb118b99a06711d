import { defineReport } from '#contract/report.ts';
import type { ReportInput } from '#contract/report.ts';
import { inertJson } from '../inert-json.ts';
import { ordered } from '../order.ts';

/**
 * The whole input as JSON of `schema.json`: keys and rows in a fixed order, two spaces deep, a piece for each row.
 * Left out are the rules' examples, which are about small worlds and not about this snapshot, and the rows that only
 * pages of identities show.
 */
export const jsonReport = defineReport({
  format: 'json',
  title: 'Everything, for programs',
  extension: 'json',
  wants: ['adminWays'],
  render: renderJson,
});

function* renderJson(input: ReportInput): Generator<string, void, undefined> {
  const sorted = ordered(input);
  const rules = sorted.rules.map((rule) => ({ ...rule, examples: undefined })); // JSON leaves undefined out
  const members = Object.entries({ schemaVersion: 1, ...sorted, rules, details: undefined }).filter(
    ([, value]) => value !== undefined,
  );
  let before = '{\n';
  for (const [key, value] of members.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    yield `${before}  ${JSON.stringify(key)}: `;
    if (Array.isArray(value)) yield* list(value);
    else yield indented(value, '  ');
    before = ',\n';
  }
  yield '\n}\n';
}

function* list(rows: readonly unknown[]): Generator<string, void, undefined> {
  let before = '[\n    ';
  for (const row of rows) {
    yield `${before}${indented(row, '    ')}`;
    before = ',\n    ';
  }
  yield rows.length === 0 ? '[]' : '\n  ]';
}

/** Within strings a line's end is an escape, so every one that stands here ends a line. */
function indented(value: unknown, indent: string): string {
  return inertJson(value, 2).replaceAll('\n', `\n${indent}`);
}
