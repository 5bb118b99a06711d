import { KPIS, type Kpi } from '#model/kpi.ts';
import { SYSTEMS, type System } from '#model/system.ts';
import { counted, grouped, systemTitle } from './words.ts';

/** One metric as reports show it, with a cell for each system. */
export interface KpiLine {
  readonly id: string;
  readonly title: string;
  /** Of all systems together. */
  readonly value: string;
  /** What it was measured of, or why it was not, and what is not known. */
  readonly basis: string;
  readonly bySystem: readonly string[];
}

/** The metrics as a table: the systems that have any, and a line for each metric. */
export interface KpiTable {
  readonly systems: readonly string[];
  readonly lines: readonly KpiLine[];
}

/** What a reader must know before reading the metrics. */
export const KPI_NOTE = 'Of what was measured; what is not known is no nought and counts neither way.';

/** Lays the metrics out; null: there are none. */
export function kpiTable(kpis: readonly Kpi[] | undefined): KpiTable | null {
  if (kpis === undefined || kpis.length === 0) return null;
  const systems = SYSTEMS.filter((system) => kpis.some((kpi) => kpi.system === system));
  const lines = KPIS.flatMap(({ id, name, title }): KpiLine[] => {
    const find = (system: System | null) => kpis.find((kpi) => kpi.name === name && kpi.system === system);
    const whole = find(null);
    if (whole === undefined) return [];
    const bySystem = systems.map((system) => valueText(find(system)));
    return [{ id, title, value: valueText(whole), basis: basisText(whole), bySystem }];
  });
  return { systems: systems.map(systemTitle), lines };
}

/** A metric with its unit, or `unknown`: rounded, but never to nought or to a whole that it is not. */
export function valueText(kpi: Pick<Kpi, 'value' | 'unit'> | undefined): string {
  if (kpi === undefined || kpi.value === null) return 'unknown';
  const { value, unit } = kpi;
  if (unit === 'days') return `${grouped(Math.round(value))} ${Math.round(value) === 1 ? 'day' : 'days'}`;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  if (value > 99.9 && value < 100) return '> 99.9 %';
  return `${value.toFixed(1)} %`;
}

function basisText({ numerator, denominator, unknown, gaps, reason }: Kpi): string {
  const measured =
    numerator === null ? `of ${grouped(denominator)}` : `${grouped(numerator)} of ${grouped(denominator)}`;
  return [
    reason ?? measured,
    ...(unknown > 0 && reason === null ? [`${grouped(unknown)} not known`] : []),
    ...(gaps > 0 && reason === null ? [`${counted(gaps, 'scope')} not read`] : []),
  ].join(', ');
}
