import { valueText } from '#reports/kpi-words.ts';
import { readKpis } from '#gate/read-kpis.ts';
import { StoreError } from '#model/errors.ts';
import type { Kpi } from '#model/kpi.ts';
import { KPIS } from '#model/kpi.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import type { KpiOptions } from '../commands/kpi.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, type Io } from '../io.ts';
import { onSnapshot } from '../settings.ts';
import { printRows } from '../terminal/print-rows.ts';
import type { Column } from '../terminal/table.ts';

interface KpiRow extends Kpi {
  readonly snapshot: string;
  readonly as_of: string;
}

/** `nhi kpi` */
export function kpiAction(options: KpiOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot, { dataDir }) => {
    const trend = options.trend ?? 1;
    const earlier = trend === 1 ? [] : await readEarlier(dataDir, snapshot, trend - 1, options, io);
    const asked = [...earlier, ...(await rowsOf(snapshot))].filter(
      ({ system }) => options.system === undefined || (system !== null && options.system.includes(system)),
    );
    const view = { format: options.format, colour: options.color, empty: 'No metrics.' };
    if (options.trend !== undefined && options.format === 'table') {
      const lines = trendLines(asked);
      await printRows(io, lines.slice(0, options.limit), { ...view, columns: trendColumns(asked) });
    } else {
      await printRows(io, asked.slice(0, options.limit), { ...view, columns: COLUMNS });
    }
    return EXIT.fine;
  });
}

async function rowsOf(snapshot: Snapshot): Promise<KpiRow[]> {
  const { id, asOf } = snapshot.info;
  return (await readKpis(snapshot)).map((kpi) => ({ snapshot: id, as_of: asOf, ...kpi }));
}

/** The metrics of so many snapshots before one, oldest first; those that cannot be read are named and left out. */
async function readEarlier(
  dataDir: string,
  { info }: Snapshot,
  wanted: number,
  options: KpiOptions,
  io: Io,
): Promise<KpiRow[]> {
  const listed = (await listSnapshots(dataDir)).filter(({ id }) => id < info.id).slice(0, wanted);
  const rows: KpiRow[] = [];
  for (const { id } of listed.toReversed()) {
    try {
      const snapshot = await openSnapshot(dataDir, id);
      try {
        rows.push(...(await rowsOf(snapshot)));
      } finally {
        await snapshot.close();
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (options.quiet !== true) await note(io, `${id} is left out: ${error.message}`);
    }
  }
  return rows;
}

const TITLES: ReadonlyMap<string, string> = new Map(KPIS.map(({ name, title }) => [name, title]));

const COLUMNS: readonly Column<KpiRow>[] = [
  { title: 'ID', value: (row) => row.id },
  { title: 'METRIC', value: (row) => row.name },
  { title: 'SYSTEM', value: (row) => row.system ?? 'all' },
  { title: 'VALUE', value: valueText, align: 'right' },
  {
    title: 'OF',
    value: (row) =>
      row.numerator === null ? String(row.denominator) : `${row.numerator} of ${row.denominator}`,
    align: 'right',
  },
  { title: 'NOT KNOWN', value: (row) => String(row.unknown), align: 'right' },
  {
    title: 'WHAT IT IS',
    value: (row) =>
      row.reason ?? `${TITLES.get(row.name) ?? ''}${row.gaps > 0 ? `; ${row.gaps} scopes not read` : ''}`,
    flexible: true,
    optional: 1,
  },
];

interface TrendLine {
  readonly name: string;
  readonly system: string;
  readonly values: ReadonlyMap<string, string>;
}

function trendLines(rows: readonly KpiRow[]): TrendLine[] {
  const lines = new Map<string, { name: string; system: string; values: Map<string, string> }>();
  for (const row of rows) {
    const system = row.system ?? 'all';
    const key = `${KPIS.findIndex(({ name }) => name === row.name) + 10} ${row.system ?? ''}`;
    const line = lines.get(key) ?? { name: row.name, system, values: new Map<string, string>() };
    line.values.set(row.snapshot, valueText(row));
    lines.set(key, line);
  }
  return [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function trendColumns(rows: readonly KpiRow[]): Column<TrendLine>[] {
  const snapshots = new Map(rows.map((row) => [row.snapshot, row.as_of]));
  return [
    { title: 'METRIC', value: (line) => line.name },
    { title: 'SYSTEM', value: (line) => line.system },
    ...[...snapshots].map(([id, asOf], at): Column<TrendLine> => ({
      title: asOf.slice(0, 10),
      value: (line) => line.values.get(id) ?? '',
      align: 'right',
      ...(at === snapshots.size - 1 ? {} : { optional: snapshots.size - at }),
    })),
  ];
}
