import type { Rule, RuleExample } from '#contract/rule.ts';
import type { Staging } from '#store/reader.ts';
import { completeRows, EXAMPLE_TABLES, type PartialRows } from './example-rows.ts';
import { HARMLESS, type ExampleRecords } from './harmless-rows.ts';
import { defaultValues, valueProblem } from './parameter-value.ts';

/** A snapshot that is thrown away. */
export interface Scratch extends Staging {
  readonly discard: () => Promise<void>;
}

/** In milliseconds: a query that takes longer over a few rows never ends. */
const BUDGET = 30_000;

/** Runs a rule's examples, each in a world of its own; what is wrong, one text for each mistake. */
export async function exampleProblems(rule: Rule, openScratch: () => Promise<Scratch>): Promise<string[]> {
  const found = await Promise.all(
    (rule.header.examples ?? []).map(async (example) => {
      const problems = await runExample(rule, example, openScratch);
      return problems.map((problem) => `example \`${example.name}\`: ${problem}`);
    }),
  );
  return found.flat();
}

async function runExample(
  rule: Rule,
  example: RuleExample,
  openScratch: () => Promise<Scratch>,
): Promise<string[]> {
  const { rows, problems } = modelRows(example.given);
  problems.push(...parameterProblems(rule, example));
  if (problems.length > 0) return problems;
  const scratch = await openScratch();
  try {
    const world = completeRows(rows);
    for (const table of EXAMPLE_TABLES) await scratch.write(table, world[table]);
    const answers = await scratch.all<Answer>(
      `SELECT identity_uid, subject_uid, status FROM (\n${rule.sql}\n) ORDER BY ALL`,
      { ...defaultValues(rule.header), ...example.params, as_of: example.asOf },
      AbortSignal.timeout(BUDGET),
    );
    return differences(answers.map(textOf), example.expect.map(expectedText));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await scratch.discard();
  }
}

interface Answer {
  readonly identity_uid: string | null;
  readonly subject_uid: string | null;
  readonly status: string | null;
}

function textOf({ identity_uid: identity, subject_uid: subject, status }: Answer): string {
  return `${status} for ${identity ?? 'no identity'}${subject === null ? '' : ` (${subject})`}`;
}

function expectedText({ identityUid, subjectUid, status }: RuleExample['expect'][number]): string {
  return textOf({ identity_uid: identityUid, subject_uid: subjectUid, status });
}

function differences(found: readonly string[], expected: readonly string[]): string[] {
  const surplus = [...found];
  const missing = expected.filter((text) => {
    const at = surplus.indexOf(text);
    if (at >= 0) surplus.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((text) => `expected ${text}`), ...surplus.map((text) => `did not expect ${text}`)];
}

function parameterProblems({ header }: Rule, { params }: RuleExample): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const parameter = header.params[name];
    const problem = parameter === undefined ? 'is no parameter of the rule' : valueProblem(parameter, value);
    return problem === null ? [] : [`params.${name}: ${problem}`];
  });
}

/** Rows by column name, as the model's rows; tables and columns that do not exist are problems. */
function modelRows(given: RuleExample['given']): { rows: PartialRows; problems: string[] } {
  const problems: string[] = [];
  const rows: Record<string, Record<string, unknown>[]> = {};
  for (const [tableName, written] of Object.entries(given)) {
    const table = EXAMPLE_TABLES.find((each) => snakeCase(each) === tableName);
    if (table === undefined) {
      problems.push(
        `there is no table \`${tableName}\`; there are ${EXAMPLE_TABLES.map(snakeCase).join(', ')}`,
      );
      continue;
    }
    rows[table] = written.map((row) => {
      const fields = Object.entries(row).map(([column, value]): [string, unknown] => {
        const field = fieldOf(table, column);
        const problem =
          field === undefined ? 'there is no such column' : misfit(harmlessValue(table, field), value);
        if (problem !== null) problems.push(`${tableName}.${column}: ${problem}`);
        return [field ?? column, value];
      });
      return Object.fromEntries(fields);
    });
  }
  return { rows, problems };
}

function fieldOf(table: keyof ExampleRecords, column: string): string | undefined {
  return Object.keys(HARMLESS[table]).find((field) => snakeCase(field) === column);
}

function harmlessValue(table: keyof ExampleRecords, field: string): unknown {
  return Object.entries(HARMLESS[table]).find(([name]) => name === field)?.[1];
}

/** What is wrong with a value beside the harmless one; where that is null the writer alone can tell. */
function misfit(harmless: unknown, value: unknown): string | null {
  if (harmless === null || value === null || typeof value === typeof harmless) return null;
  return `expected a ${typeof harmless}, found a ${typeof value}`;
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
