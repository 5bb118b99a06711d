import { defineReport } from '#contract/report.ts';
import type { ReportInput } from '#contract/report.ts';
import { canonicalJson, ordered } from '../order.ts';

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
  return `${spellOut(canonicalJson({ schemaVersion: 1, ...sorted, rules }, 2))}\n`;
}

/** Invisible characters stand only inside strings here, where an escape means the same and cannot deceive a reader. */
function spellOut(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
