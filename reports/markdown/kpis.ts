import type { Kpi } from '#model/kpi.ts';
import { KPI_NOTE, kpiTable } from '../kpi-words.ts';
import { row, table } from './escape.ts';

/** The metrics of all systems and of each. */
export function kpisSection(kpis: readonly Kpi[] | undefined): string[] {
  const metrics = kpiTable(kpis);
  if (metrics === null) return [];
  const rows = metrics.lines.map(({ title, value, basis, bySystem }) =>
    row([title, value, basis, ...bySystem]),
  );
  const systems = metrics.systems.map((system) => `${system}:`);
  return [
    '### Metrics',
    '',
    KPI_NOTE,
    '',
    ...table(['Metric', 'All systems:', 'Measured', ...systems], rows),
  ];
}
