import type { Rule } from '#contract/rule.ts';
import { StoreError } from '#model/errors.ts';
import type { Reader } from '#store/reader.ts';
import { refusals, type ImpureFunctions } from './impure.ts';
import { defaultValues } from './parameter-value.ts';
import { queryParts, type QueryParts } from './query-tree.ts';
import type { RuleProblem } from './rule-problem.ts';

/** A query that was checked: the columns that it gives, or everything that is wrong with it. */
export type CheckedQuery =
  | { readonly columns: ReadonlySet<string>; readonly problems: readonly [] }
  | { readonly columns: null; readonly problems: readonly RuleProblem[] };

const REQUIRED = ['identity_uid', 'subject_uid', 'status', 'evidence'];
const OPTIONAL = ['system', 'scope_uid', 'absent_from'];

/** Checks a rule's query against an open snapshot: one SELECT, pure, that prepares and keeps the row contract. */
export async function checkQuery(reader: Reader, rule: Rule, impure: ImpureFunctions): Promise<CheckedQuery> {
  const at = (line: number, message: string): RuleProblem => ({ file: rule.file, line, message });
  const lineAt = (offset: number | null) => rule.sqlLine + (offset === null ? 0 : newlines(rule.sql, offset));
  const parsed = await parse(reader, rule.sql);
  if ('message' in parsed) return refused([at(lineAt(parsed.offset), parsed.message)]);
  const problems = [
    ...refusals(parsed, impure).map(({ offset, message }) => at(lineAt(offset), message)),
    ...parameterProblems(parsed, rule).map((message) => at(rule.sqlLine, message)),
  ];
  if (problems.length > 0) return refused(problems);
  const types = await columnTypes(reader, rule);
  if ('message' in types) return refused([at(rule.sqlLine + types.line, types.message)]);
  const misfits = contractProblems(types.columns);
  if (misfits.length > 0) return refused(misfits.map((message) => at(rule.sqlLine, message)));
  return { columns: new Set(types.columns.keys()), problems: [] };
}

function refused(problems: readonly RuleProblem[]): CheckedQuery {
  return { columns: null, problems };
}

interface Serialised {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}

async function parse(
  reader: Reader,
  sql: string,
): Promise<QueryParts | { message: string; offset: number | null }> {
  const rows = await reader.all<{ tree: Serialised }>('SELECT json_serialize_sql($sql::VARCHAR) AS tree', {
    sql,
  });
  const tree = rows[0]?.tree;
  if (tree === undefined || tree.error) {
    const isSyntax = tree?.error_type === 'parser';
    const message = isSyntax
      ? `not valid SQL: ${tree.error_message ?? ''}`
      : 'expected a SELECT and nothing else';
    return { message, offset: tree?.position === undefined ? null : Number(tree.position) };
  }
  if (tree.statements?.length !== 1) {
    return { message: `expected one SELECT, found ${tree.statements?.length ?? 0} statements`, offset: null };
  }
  return queryParts(tree.statements);
}

function parameterProblems({ parameters }: QueryParts, { header }: Rule): string[] {
  const declared = Object.keys(header.params);
  const unknown = [...parameters].filter((name) => name !== 'as_of' && !declared.includes(name));
  return [
    ...unknown.map((name) => `$${name} is not among the header's params`),
    ...declared
      .filter((name) => !parameters.has(name))
      .map((name) => `the parameter \`${name}\` is never used`),
  ];
}

async function columnTypes(
  reader: Reader,
  rule: Rule,
): Promise<{ columns: ReadonlyMap<string, string> } | { message: string; line: number }> {
  // The outer join gives one row whatever the query gives, and LIMIT 0 keeps the query from running.
  const probe = `SELECT typeof(COLUMNS(rule.*)) FROM (SELECT 1) LEFT JOIN (SELECT * FROM (\n${rule.sql}\n) LIMIT 0) rule ON true`;
  try {
    const [types = {}] = await reader.all<Record<string, string>>(probe, {
      ...defaultValues(rule.header),
      as_of: '2026-01-01T00:00:00.000Z',
    });
    return { columns: new Map(Object.entries(types)) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const line = /^LINE (\d+):/mu.exec(error.message)?.[1];
    // One line stands above the query.
    return {
      message: firstParagraph(error.message),
      line: line === undefined ? 0 : Math.max(0, Number(line) - 2),
    };
  }
}

function contractProblems(columns: ReadonlyMap<string, string>): string[] {
  const missing = REQUIRED.filter((name) => !columns.has(name));
  const extra = [...columns.keys()].filter((name) => !REQUIRED.includes(name) && !OPTIONAL.includes(name));
  const status = columns.get('status') ?? 'VARCHAR';
  const evidence = columns.get('evidence') ?? 'JSON';
  return [
    ...missing.map((name) => `expected a column \`${name}\`; a rule gives ${REQUIRED.join(', ')}`),
    ...extra.map(
      (name) => `the column \`${name}\` has no meaning; a rule may add only ${OPTIONAL.join(', ')}`,
    ),
    ...(status === 'VARCHAR' ? [] : [`expected \`status\` to be text, found ${status}`]),
    ...(['VARCHAR[]', undefined].includes(columns.get('absent_from'))
      ? []
      : ['expected `absent_from` to be a list of feeds']),
    ...(/^(?:STRUCT|JSON|MAP)/u.test(evidence)
      ? []
      : [`expected \`evidence\` to be a struct, found ${evidence}`]),
  ];
}

function firstParagraph(message: string): string {
  return message.split(/\n\s*\n/u)[0]?.replaceAll(/\s*\n\s*/gu, ' ') ?? message;
}

/** How many lines end before a byte offset. */
function newlines(sql: string, offset: number): number {
  return Buffer.from(sql).subarray(0, offset).toString().split('\n').length - 1;
}
