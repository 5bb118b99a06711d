import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { Line, ScreenData, Span } from '../screen.ts';
import { heading, labelled, paragraph, toned, type Block } from './lines.ts';
import { marksFor, severityTone, type Marks } from './marks.ts';
import { stackedBar } from './spark.ts';

const LABEL = 12;

interface Count {
  readonly system: string;
  readonly severity: Severity;
  readonly failed: number;
  readonly unknown: number;
}

/** The findings of each system as a bar of marks with the counts beside it. */
export async function severitySection(data: ScreenData, block: Block): Promise<Line[]> {
  const rows = await data.reader.all<Count>(
    `SELECT coalesce(system, 'no system') AS system, severity, count(*) FILTER (status = 'fail') AS failed,
       count(*) FILTER (status = 'unknown') AS unknown
     FROM findings GROUP BY ALL ORDER BY system`,
  );
  const systems = await data.reader.all<{ system: string }>(
    'SELECT DISTINCT system FROM identities ORDER BY system',
  );
  const names = [...new Set([...systems.map(({ system }) => system), ...rows.map(({ system }) => system)])];
  const marks = marksFor(data.ascii);
  const key = SEVERITIES.map((each) => `${marks.severity[each]} ${each}`).join('  ');
  const most = Math.max(1, ...names.map((name) => failures(rows, name)));
  return [
    ...heading('Findings by system', `${key}  ? unknown`),
    ...names.flatMap((name) => systemLines(name, rows, most, marks, block)),
    ...(rows.length === 0 ? paragraph(['No findings: see Rules for what was judged.'], block) : []),
  ];
}

function failures(rows: readonly Count[], system: string): number {
  return rows.filter((row) => row.system === system).reduce((sum, { failed }) => sum + failed, 0);
}

function systemLines(name: string, rows: readonly Count[], most: number, marks: Marks, block: Block): Line[] {
  const own = rows.filter((row) => row.system === name);
  const count = (severity: Severity) => own.find((row) => row.severity === severity)?.failed ?? 0;
  const unknown = own.reduce((sum, row) => sum + row.unknown, 0);
  const counts: Span[] = SEVERITIES.filter((each) => count(each) > 0).map((each) =>
    toned(severityTone(each, 'fail'), `${count(each)}${each.charAt(0).toUpperCase()} `),
  );
  const bar = stackedBar(
    SEVERITIES.map((each) => ({ mark: marks.severity[each], count: count(each) })),
    most,
    Math.max(10, Math.floor(block.columns / 4)),
  );
  const gap = unknown === 0 ? [] : [toned('warning', `${unknown}?`)];
  const none = counts.length === 0 && unknown === 0 ? [toned('muted', 'none')] : [];
  return labelled(
    name,
    [...(bar === '' ? [] : [toned('plain', `${bar}  `)]), ...counts, ...gap, ...none],
    LABEL,
    {
      ...block,
      link: { screen: 'findings', filter: `system:${name}` },
    },
  );
}
