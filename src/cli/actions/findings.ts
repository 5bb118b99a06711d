import type { WaivedBy } from '#gate/waivers/waiver.ts';
import type { FindingRow } from '#model/dossier.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import type { FindingsOptions } from '../commands/findings.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, type Io } from '../io.ts';
import { contains, oneOf, type Filter } from '../query.ts';
import { selectFindings } from '../select-findings.ts';
import { onSnapshot } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { printRows } from '../terminal/print-rows.ts';
import { paintSeverity, severityLabel } from '../terminal/severity.ts';
import type { Column } from '../terminal/table.ts';
import { untoldName } from '../untold-names.ts';
import { readWaived } from '../waived.ts';

/** `nhi findings` */
export function findingsAction(options: FindingsOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot, settings) => {
    const found = await selectFindings(snapshot, filtersOf(options), options.limit);
    const waived = await readWaived(snapshot, settings.config, io);
    const rows = found.map((row) => ({ ...row, waived_by: waived.get(row.id) ?? null }));
    await printRows(io, rows, {
      columns: columnsFor(rows, io, options.color),
      format: options.format,
      colour: options.color,
      empty: 'No findings.',
    });
    if (options.quiet !== true && options.format === 'table')
      await footer(snapshot, options, rows.length, io);
    return EXIT.fine;
  });
}

function filtersOf(options: FindingsOptions): Filter[] {
  return [
    oneOf('f.status', 'status', options.status),
    oneOf('f.severity', 'severity', options.severity),
    oneOf('f.category', 'category', options.category),
    oneOf('f.rule_id', 'rule', options.rule),
    oneOf('f.system', 'system', options.system),
    oneOf("coalesce(o.owner, 'none')", 'owner', options.owner),
    contains(['f.identity_uid', 'i.name'], 'identity', options.identity),
  ];
}

interface Row extends FindingRow {
  readonly waived_by: WaivedBy | null;
}

function columnsFor(rows: readonly Row[], io: Io, colour: boolean): Column<Row>[] {
  const paint = paintFor(io, 'stdout', colour);
  const waived: Column<Row> = {
    title: 'WAIVED',
    value: ({ waived_by: by }) => (by === null ? '' : `${by.id} until ${by.expires}`),
  };
  return [
    {
      title: 'SEVERITY',
      value: (row) => (row.status === 'unknown' ? `? ${row.severity}` : severityLabel(row.severity)),
      paint: (text, row) =>
        row.status === 'unknown' ? paint.dim(text) : paintSeverity(text, row.severity, paint),
    },
    ...(rows.some(({ waived_by: by }) => by !== null) ? [waived] : []),
    { title: 'RULE', value: (row) => row.rule_id },
    ...(rows.some((row) => untoldName(row.identity_uid, row.identity_name) !== '') ? [NAME] : []),
    { title: 'IDENTITY', value: (row) => row.identity_uid ?? '–', flexible: true },
    { title: 'WHAT', value: (row) => row.title, flexible: true, optional: 1 },
    { title: 'SUBJECT', value: (row) => subjectOf(row), flexible: true, optional: 2 },
  ];
}

const NAME: Column<Row> = {
  title: 'NAME',
  value: (row) => untoldName(row.identity_uid, row.identity_name),
  flexible: true,
};

/** The subject without what the identity's uid says already. */
function subjectOf(row: FindingRow): string {
  if (row.subject_uid === null) return '';
  const prefix = `${row.identity_uid ?? ''}/`;
  return row.subject_uid.startsWith(prefix) ? row.subject_uid.slice(prefix.length) : row.subject_uid;
}

async function footer(snapshot: Snapshot, options: FindingsOptions, shown: number, io: Io): Promise<void> {
  const [counts] = await snapshot.all<{ fail: number; unknown: number }>(
    `SELECT count(*) FILTER (status = 'fail') AS fail, count(*) FILTER (status = 'unknown') AS unknown FROM findings`,
  );
  const unknown = counts?.unknown ?? 0;
  const more =
    unknown > 0 && !options.status.includes('unknown')
      ? ` ${unknown} answers are unknown for lack of data: nhi findings --status unknown`
      : '';
  await note(io, `\n${shown} shown of ${counts?.fail ?? 0} findings in snapshot ${snapshot.info.id}.${more}`);
}
