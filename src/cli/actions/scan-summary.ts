import { SEVERITIES } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import type { ScanSummary } from '#scan/summary.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { paintSeverity, severityLabel } from '../terminal/severity.ts';
import { widthOf } from '../terminal/width.ts';
import { wrap } from '../terminal/wrap.ts';

const GAPS_SHOWN = 8;

/** A scan's summary for people: identities, findings, coverage and the snapshot's id. */
export function summaryText(summary: ScanSummary, options: CommonOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  return [
    `${paint.bold(`Snapshot ${summary.snapshot}`)} as of ${summary.asOf}`,
    '',
    ...identityLines(summary, paint),
    '',
    ...findingLines(summary, paint),
    '',
    ...coverageLines(summary, options.verbose === true, widthOf(io), paint),
    '',
  ].join('\n');
}

function identityLines(summary: ScanSummary, paint: Paint): string[] {
  const systems = [...new Set(summary.identities.map(({ system }) => system))];
  const total = summary.identities.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return [paint.yellow('No identities: nothing that was read holds any.')];
  return [
    paint.bold(`${total} identities`),
    ...systems.map((system) => {
      const rows = summary.identities.filter((row) => row.system === system);
      const scopes = summary.scopes.filter((scope) => scope.system === system);
      const classes = rows.map((row) => `${row.n} ${row.class}`).join(', ');
      return `  ${system.padEnd(11)} ${classes}  ${paint.dim(`in ${scopes.map(({ name }) => sanitise(name)).join(', ')}`)}`;
    }),
  ];
}

function findingLines(summary: ScanSummary, paint: Paint): string[] {
  const total = SEVERITIES.reduce((sum, severity) => sum + summary.findings[severity], 0);
  const unknown =
    summary.unknown > 0
      ? [`  ${`? unknown`.padEnd(11)} ${summary.unknown}  ${paint.dim('for lack of data')}`]
      : [];
  return [
    paint.bold(`${total} findings`),
    ...SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
      (severity) =>
        `  ${paintSeverity(severityLabel(severity).padEnd(11), severity, paint)} ${summary.findings[severity]}`,
    ),
    ...unknown,
  ];
}

function coverageLines(summary: ScanSummary, all: boolean, width: number, paint: Paint): string[] {
  const { gaps, feeds } = summary;
  if (gaps.length === 0) return [`${paint.bold('Coverage')} complete: ${feeds.total} feeds`];
  const alike = groupAlike(gaps);
  const shown = all ? alike : alike.slice(0, GAPS_SHOWN);
  const rest = alike.length - shown.length;
  return [
    `${paint.bold('Coverage')} ${feeds.complete} of ${feeds.total} feeds complete`,
    ...shown.map((group) => wrap(`  ${gapText(group)}`, width, ' '.repeat(11))),
    ...(rest > 0
      ? [
          paint.dim(
            wrap(
              `  and ${rest} more: nhi scan --verbose, or nhi sql "FROM coverage WHERE status <> 'complete'"`,
              width,
              '  ',
            ),
          ),
        ]
      : []),
  ];
}

/** Gaps that differ in their scope only, those that were refused or failed first. */
function groupAlike(gaps: readonly Coverage[]): Coverage[][] {
  const groups = new Map<string, Coverage[]>();
  for (const gap of gaps) {
    const key = JSON.stringify([
      ORDER.indexOf(gap.status),
      gap.system,
      gap.feed,
      gap.call,
      gap.detail,
      gap.missingPermission,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

const ORDER: readonly Coverage['status'][] = ['failed', 'denied', 'partial', 'skipped', 'complete'];

function gapText(group: readonly Coverage[]): string {
  const [gap] = group;
  if (gap === undefined) return '';
  const scope =
    group.length > 1 ? `${gap.system ?? ''} (${group.length} scopes)` : (gap.scopeUid ?? gap.system);
  const where = [scope, gap.feed].filter((part) => part !== null).join(' ');
  const needs = gap.missingPermission === null ? '' : ` (needs ${gap.missingPermission})`;
  return sanitise(
    `${gap.status.padEnd(8)} ${where === '' ? '' : `${where}: `}${gap.detail ?? gap.call}${needs}`,
  );
}
