import type { Rule, RuleHeader, RuleParameter } from '#contract/rule.ts';
import { crossCheck } from './cross-check.ts';
import type { WrittenHeader } from './header-schema.ts';
import { readHeader } from './read-header.ts';
import type { RuleProblem } from './rule-problem.ts';

/** A rule file that was read: a rule, or everything that is wrong with it. */
export type ParsedRule =
  | { readonly rule: Rule; readonly problems: readonly [] }
  | { readonly rule: null; readonly problems: readonly RuleProblem[] };

const HEADER = /^\/\*---[ \t]*\n([\s\S]*?)\n---\*\/[ \t]*\n?/u;

/** Takes a rule file apart and checks all that can be checked without a database. Never throws. */
export function parseRule(file: string, content: string, builtIn: boolean): ParsedRule {
  const text = content.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n');
  const match = HEADER.exec(text);
  if (match === null) {
    const message =
      'expected a YAML header between `/*---` on the first line and `---*/` on a line of its own';
    return { rule: null, problems: [{ file, line: 1, message }] };
  }
  const header = readHeader(file, match[1] ?? '');
  if (header.value === null) return { rule: null, problems: header.problems };
  const query = text.slice(match[0].length);
  const sqlLine = match[0].split('\n').length;
  const problems = crossCheck(header.value, file, header.lineOf);
  const sql = query.trimEnd().replace(/;$/u, '');
  if (sql.trim() === '')
    problems.push({ file, line: sqlLine, message: 'expected a SELECT after the header' });
  if (problems.length > 0) return { rule: null, problems };
  return { rule: { header: asHeader(header.value), sql, file, sqlLine, builtIn }, problems: [] };
}

function asHeader(written: WrittenHeader): RuleHeader {
  return {
    id: written.id,
    title: written.title,
    category: written.category,
    severity: written.severity,
    needs: written.needs,
    params: Object.fromEntries(
      Object.entries(written.params).map(([name, each]) => [name, asParameter(each)]),
    ),
    identifyBy: written.identify_by,
    playbook: written.playbook,
    about: written.about,
    remedy: typeof written.remedy === 'string' ? written.remedy : numbered(written.remedy),
    ...(written.systems === undefined ? {} : { systems: written.systems }),
    ...(written.subjects === undefined ? {} : { subjects: written.subjects }),
    ...(written.pass_proved_by === undefined ? {} : { passProvedBy: written.pass_proved_by }),
    ...(written.fixed_severity === undefined ? {} : { fixedSeverity: written.fixed_severity }),
    ...(written.judges === undefined ? {} : { judges: written.judges }),
    examples: written.examples.map((example) => ({
      name: example.name,
      given: example.given,
      asOf: new Date(example.as_of).toISOString(),
      params: example.params,
      expect: example.expect.map((row) => ({
        identityUid: row.identity_uid,
        subjectUid: row.subject_uid,
        status: row.status,
      })),
    })),
  };
}

function numbered(steps: readonly string[]): string {
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}

function asParameter({ default: value, min, max, about }: WrittenHeader['params'][string]): RuleParameter {
  return {
    default: value,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(about === undefined ? {} : { about }),
  };
}
