import { checkedRules } from './checked-rules.ts';
import { readRules } from './load-rules.ts';
import { exampleProblems, type Scratch } from './run-examples.ts';
import type { RuleProblem } from './rule-problem.ts';

export type { Scratch } from './run-examples.ts';

export interface CheckOptions {
  /** Opens an empty snapshot that is thrown away; called once for the queries and once for each example. */
  readonly openScratch: () => Promise<Scratch>;
  /** Whether the rules' own examples are run too. */
  readonly examples: boolean;
}

/** Everything that is wrong with some rules, by file and line, and how many rules were looked at. */
export interface CheckedFiles {
  readonly problems: readonly RuleProblem[];
  readonly checked: number;
}

/** Checks rule files and folders of them: headers, queries, examples. Finds all problems, not only the first. */
export async function checkRules(paths: readonly string[], options: CheckOptions): Promise<CheckedFiles> {
  const { rules, problems } = await readRules(paths, false);
  const scratch = await options.openScratch();
  try {
    const queries = await checkedRules(scratch, rules);
    const found = [...problems, ...queries.problems];
    if (options.examples) {
      for (const { rule } of queries.checked) {
        const wrong = await exampleProblems(rule, options.openScratch);
        found.push(...wrong.map((message) => ({ file: rule.file, line: 1, message })));
      }
    }
    return {
      problems: found.toSorted(byPlace),
      checked: rules.length + new Set(problems.map(({ file }) => file)).size,
    };
  } finally {
    await scratch.discard();
  }
}

function byPlace(a: RuleProblem, b: RuleProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}
