import type { ShowOptions } from '../commands/show.ts';
import type { Dossier } from '#model/dossier.ts';
import { readDossier } from '../dossier.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findIdentity } from '../find-identity.ts';
import { print, type Io } from '../io.ts';
import { onSnapshot } from '../settings.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { cellOf } from '../terminal/print-rows.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { paintSeverity, severityLabel } from '../terminal/severity.ts';
import { renderTable } from '../terminal/table.ts';
import { widthOf } from '../terminal/width.ts';
import { historyOf, type HistoryStep } from './history.ts';

/** A row by column name. */
type Row = Readonly<Record<string, unknown>>;

/** How many rows of one section are shown to people; JSON has them all. */
const SHOWN = 20;

/** `nhi show` */
export function showAction(text: string, options: ShowOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot, { dataDir }) => {
    const { uid } = await findIdentity(snapshot, text);
    if (options.history === true) {
      const steps = await historyOf(dataDir, uid);
      await print(
        io,
        options.format === 'json' ? `${JSON.stringify(steps, null, 2)}\n` : historyText(uid, steps),
      );
      return EXIT.fine;
    }
    const dossier = await readDossier(snapshot, uid);
    const out =
      options.format === 'json'
        ? `${JSON.stringify(dossier, null, 2)}\n`
        : dossierText(dossier, widthOf(io), paintFor(io, 'stdout', options.color));
    await print(io, out);
    return EXIT.fine;
  });
}

function historyText(uid: string, steps: readonly HistoryStep[]): string {
  if (steps.length === 0) return `${sanitise(uid)}: nothing has changed over the snapshots that there are.\n`;
  const lines = steps.flatMap(({ to, asOf, changes }) => [
    `${asOf}  ${to}`,
    ...changes.map(({ kind, direction, key, before, after }) => {
      const value =
        before !== null && after !== null && kind !== 'guardrail' ? ` (${before} → ${after})` : '';
      return `  ${direction.padEnd(8)} ${kind.padEnd(12)} ${sanitise(`${key}${value}`)}`;
    }),
  ]);
  return `${sanitise(uid)}\n${lines.join('\n')}\n`;
}

function dossierText(dossier: Dossier, width: number, paint: Paint): string {
  const table = (rows: readonly Row[], names: readonly string[]) => tableOf(rows, names, width, paint);
  const sections: [string, string][] = [
    [
      'Credentials',
      table(dossier.credentials, [
        'kind',
        'name',
        'enabled',
        'created_at',
        'expires_at',
        'last_used_at',
        'last_used_evidence',
      ]),
    ],
    ['Grants', table(dossier.grants, ['role', 'breadth', 'scope_uid', 'kind', 'via_group', 'condition'])],
    ['Can do', table(dossier.entitlements, ['capability', 'scope_uid', 'certainty'])],
    ['Can become', table(dossier.becomes, ['to_uid', 'via', 'permissions', 'certainty'])],
    ['Can be become by', table(dossier.become_by, ['from_uid', 'via', 'permissions', 'certainty'])],
    [
      'Trusts',
      table(dossier.trusted_by, [
        'trusted',
        'trusted_kind',
        'mechanism',
        'external',
        'certainty',
        'condition',
      ]),
    ],
    [
      'Evidence of use',
      table(dossier.usages, ['subject', 'permission', 'last_used_at', 'window_start', 'source']),
    ],
    ['Owners', table(dossier.owners, ['owner', 'kind', 'source', 'state'])],
    ['Workloads', table(dossier.workloads, ['kind', 'name', 'scope_uid'])],
    ['Findings', findingLines(dossier, paint)],
  ];
  return [
    identityText(dossier.identity ?? {}, paint),
    ...sections.map(
      ([title, body]) => `${paint.bold(title)}\n${body === '' ? paint.dim('  none known\n') : body}`,
    ),
  ].join('\n');
}

function identityText(identity: Row, paint: Paint): string {
  const line = (label: string, value: string) =>
    value === '' ? '' : `  ${paint.dim(label.padEnd(12))} ${sanitise(value)}\n`;
  const tags = Object.entries((identity['tags'] ?? {}) as Record<string, string>);
  return [
    `${paint.bold(sanitise(cellOf(identity['name'])))}  ${sanitise(cellOf(identity['uid']))}\n`,
    line('kind', `${cellOf(identity['system'])} ${cellOf(identity['kind'])}`),
    line('class', `${cellOf(identity['class'])} (${cellOf(identity['class_reason'])})`),
    line('managed by', cellOf(identity['managed_by'])),
    line('enabled', identity['enabled'] === null ? 'not known' : cellOf(identity['enabled'])),
    line('created', cellOf(identity['created_at'])),
    line('scope', cellOf(identity['scope_uid'])),
    line('environment', cellOf(identity['environment'])),
    line('tags', tags.map(([key, value]) => `${key}=${value}`).join(', ')),
  ].join('');
}

function tableOf(rows: readonly Row[], names: readonly string[], width: number, paint: Paint): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, SHOWN);
  const used = names.filter((name) => shown.some((row) => cellOf(row[name]) !== ''));
  const columns = used.map((name) => ({
    title: name.replaceAll('_', ' '),
    value: (row: Row) => valueText(row[name]),
    flexible: true,
  }));
  const rest = rows.length - shown.length;
  return (
    indent(renderTable(shown, columns, width - 2, paint)) +
    (rest > 0 ? paint.dim(`  and ${rest} more: --format json has them all\n`) : '')
  );
}

function findingLines(dossier: Dossier, paint: Paint): string {
  return dossier.findings
    .map((row) => {
      const label = row.status === 'unknown' ? `? ${row.severity}` : severityLabel(row.severity);
      const painted =
        row.status === 'unknown'
          ? paint.dim(label.padEnd(11))
          : paintSeverity(label.padEnd(11), row.severity, paint);
      const subject =
        row.subject_uid === null ? '' : `\n              ${paint.dim(sanitise(row.subject_uid))}`;
      return `  ${painted} ${sanitise(row.rule_id)}: ${sanitise(row.title)}${subject}\n`;
    })
    .join('');
}

/** Times without their seconds, lists with commas, the rest as it is. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(cellOf).join(', ');
  const text = cellOf(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u.test(text) ? text.slice(0, 16).replace('T', ' ') : text;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gmu, '  ');
}
