import { KPIS, type Kpi, type KpiDefinition } from '#model/kpi.ts';
import type { Line, ScreenData, Tone } from '../screen.ts';
import { counted, grouped, heading, labelled, paragraph, toned, type Block } from './lines.ts';
import { marksFor } from './marks.ts';
import { sparkline } from './spark.ts';

/** Snapshots in the trend. */
const TREND = 8;
/** Cells for a metric's title, and for its name where that has no room. */
const TITLE = 54;
const NAME = 25;

/** The metrics of all systems together, with their trend over the last snapshots. */
export async function kpiSection(data: ScreenData, block: Block): Promise<Line[]> {
  const ids = data.snapshots.map(({ id }) => id).filter((id) => id <= data.snapshot.id);
  const series: (readonly Kpi[])[] = [];
  // One after the other: each takes all the processors there are.
  for (const id of ids.slice(0, TREND).toReversed()) series.push(await data.kpis(id));
  const note =
    series.length < 2 ? 'no trend yet: one snapshot' : `over ${counted(series.length, 'snapshot')}`;
  return [
    ...heading('Metrics', note),
    ...KPIS.flatMap((definition) => kpiLines(definition, series, data.ascii, block)),
    ...paragraph([toned('muted', 'Of what was measured; what is not known counts neither way.')], block),
  ];
}

function kpiLines(
  definition: KpiDefinition,
  series: readonly (readonly Kpi[])[],
  ascii: boolean,
  block: Block,
): Line[] {
  const find = (kpis: readonly Kpi[]) =>
    kpis.find(({ name, system }) => name === definition.name && system === null);
  const now = find(series.at(-1) ?? []);
  const values = series.map((kpis) => find(kpis)?.value ?? null);
  const before = values.at(-2) ?? null;
  const marks = marksFor(ascii);
  const spark = series.length < 2 ? '' : `  ${sparkline(values, marks)}`;
  const value = valueText(now);
  const wide = block.columns >= TITLE * 2;
  return labelled(
    wide ? definition.title : definition.name,
    [
      toned(value === 'unknown' ? 'warning' : 'strong', value.padStart(9)),
      toned('notice', spark),
      ...changeOf(now?.value ?? null, before, definition),
      toned('muted', basisOf(now)),
    ],
    wide ? TITLE : NAME,
    block,
  );
}

function changeOf(now: number | null, before: number | null, { better, unit }: KpiDefinition) {
  if (now === null || before === null || now === before) return [];
  const tone: Tone = now > before === (better === 'higher') ? 'good' : 'bad';
  const sign = now > before ? '+' : '-';
  return [
    toned(tone, `  ${sign}${Math.abs(now - before).toFixed(1)} ${unit === 'percent' ? 'points' : 'days'}`),
  ];
}

/** Rounded, but never to nought or to a whole that it is not. */
function valueText(kpi: Kpi | undefined): string {
  if (kpi === undefined || kpi.value === null) return 'unknown';
  const { value, unit } = kpi;
  if (unit === 'days') return counted(Math.round(value), 'day');
  if (value > 0 && value < 0.1) return '< 0.1 %';
  return value > 99.9 && value < 100 ? '> 99.9 %' : `${value.toFixed(1)} %`;
}

function basisOf(kpi: Kpi | undefined): string {
  if (kpi === undefined) return '';
  const { reason, numerator, denominator, unknown } = kpi;
  if (reason !== null) return `  ${reason}`;
  const of =
    numerator === null ? `of ${grouped(denominator)}` : `${grouped(numerator)} of ${grouped(denominator)}`;
  return `  ${of}${unknown > 0 ? `, ${grouped(unknown)} not known` : ''}`;
}
