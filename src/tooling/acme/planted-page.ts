import { SEVERITIES, type Severity } from '#model/finding.ts';
import { AS_OF } from './clock.ts';
import { PLANTED_ACCESS } from './planted-access.ts';
import { PLANTED_AZURE } from './planted-azure.ts';
import { PLANTED_CREDENTIALS } from './planted-credentials.ts';
import { PLANTED_DRIFT } from './planted-drift.ts';
import { PLANTED_EXPOSURE } from './planted-exposure.ts';
import { PLANTED_GCP } from './planted-gcp.ts';
import { PLANTED_GOVERNANCE } from './planted-governance.ts';
import { PLANTED_HABITS } from './planted-habits.ts';
import { PLANTED_MECHANISMS } from './planted-mechanisms.ts';
import { PLANTED_LIFECYCLE } from './planted-lifecycle.ts';
import { PLANTED_REACH } from './planted-reach.ts';

/** PLANTED.md: what was put in, in a table that people and a test read. */
export function plantedPage(): string {
  const found = [
    ...PLANTED_CREDENTIALS,
    ...PLANTED_ACCESS,
    ...PLANTED_REACH,
    ...PLANTED_LIFECYCLE,
    ...PLANTED_EXPOSURE,
    ...PLANTED_HABITS,
    ...PLANTED_AZURE,
    ...PLANTED_GCP,
    ...PLANTED_GOVERNANCE,
    ...PLANTED_DRIFT,
  ].flatMap(({ rule, severity, cases }) =>
    cases.map(({ identity, subject, raisedBy, why, file }) => [
      rule,
      code(identity),
      code(subject),
      raisedBy === undefined ? severity : raised(severity),
      why,
      file,
    ]),
  );
  const mechanisms = PLANTED_MECHANISMS.map(({ topic, identity, mechanism }) => [
    topic,
    code(identity),
    mechanism,
  ]);
  return [
    '# What was planted in Acme',
    '',
    `With the estate's own time (${AS_OF}) and the rules' default thresholds, a scan finds every problem of the`,
    'first table, with that rule, identity, subject and severity, and nothing else of high or critical severity.',
    'Severities are those of the rules, one step higher for identities of production and for administrators.',
    '',
    '## For rules',
    '',
    ...table(['rule', 'identity', 'subject', 'severity', 'why', 'file'], found),
    '',
    '## For paths and reports',
    '',
    'What to look at beside the findings; where a rule judges these at all, something stays open in its answer.',
    '',
    ...table(['about', 'identity', 'mechanism'], mechanisms),
    '',
  ].join('\n');
}

/** One step worse, as far as there is one. */
function raised(severity: Severity): Severity {
  return SEVERITIES[SEVERITIES.indexOf(severity) - 1] ?? severity;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const numbered = rows.map((cells, place) => [String(place + 1), ...cells]);
  return [['#', ...heads], ['---', ...heads.map(() => '---')], ...numbered].map(line);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function code(uid: string | null): string {
  return uid === null ? '–' : `\`${uid}\``;
}
