import type { Rule } from '#contract/rule.ts';
import { parseRule } from '#audit/parse-rule.ts';

export const HEADER = {
  id: 'sample',
  title: 'Sample is older than {{days}} days',
  category: 'stale',
  severity: 'medium',
  needs: '[identities]',
  params: '{ days: { default: 90, min: 1, max: 365 } }',
  identify_by: '[identity_uid]',
  about: 'Why.',
  remedy: '[First., Second.]',
};

export const QUERY = `SELECT uid AS identity_uid, NULL AS subject_uid,
  CASE WHEN date_sub('day', created_at, $as_of) > $days THEN 'fail' ELSE 'pass' END AS status,
  { created_at: created_at } AS evidence
FROM identities`;

/** The text of a rule file: a sound header with some keys replaced (`undefined`: left out), and a query. */
export function ruleText(changes: Readonly<Record<string, string | undefined>> = {}, query = QUERY): string {
  const lines = Object.entries({ ...HEADER, ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${value}`],
  );
  return `/*---\n${lines.join('\n')}\n---*/\n${query}\n`;
}

/** A rule that parses; its id stands in its file's name. */
export function rule(
  changes: Readonly<Record<string, string | undefined>> = {},
  query = QUERY,
  builtIn = true,
): Rule {
  const parsed = parseRule(`${changes['id'] ?? HEADER.id}.sql`, ruleText(changes, query), builtIn);
  if (parsed.rule === null) throw new Error(JSON.stringify(parsed.problems));
  return parsed.rule;
}
