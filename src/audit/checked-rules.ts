import type { Rule } from '#contract/rule.ts';
import type { Reader } from '#store/reader.ts';
import { checkQuery } from './check-query.ts';
import { impureFunctions } from './impure.ts';
import type { RuleProblem } from './rule-problem.ts';

/** A rule whose query keeps the row contract. */
export interface CheckedRule {
  readonly rule: Rule;
  /** The columns that the query gives. */
  readonly columns: ReadonlySet<string>;
}

/** Checks every rule's query against an open snapshot, and that no two rules share an id. */
export async function checkedRules(
  reader: Reader,
  rules: readonly Rule[],
): Promise<{ readonly checked: readonly CheckedRule[]; readonly problems: readonly RuleProblem[] }> {
  const impure = await impureFunctions(reader);
  const checked: CheckedRule[] = [];
  const problems = repeatedIds(rules);
  for (const rule of rules) {
    const query = await checkQuery(reader, rule, impure);
    if (query.columns === null) problems.push(...query.problems);
    else checked.push({ rule, columns: query.columns });
  }
  return { checked, problems };
}

function repeatedIds(rules: readonly Rule[]): RuleProblem[] {
  const first = new Map<string, Rule>();
  return rules.flatMap((rule) => {
    const earlier = first.get(rule.header.id);
    if (earlier === undefined) first.set(rule.header.id, rule);
    return earlier === undefined
      ? []
      : [{ file: rule.file, line: 1, message: `the id \`${rule.header.id}\` is taken by ${earlier.file}` }];
  });
}
