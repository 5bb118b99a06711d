import type { Kpi } from '#model/kpi.ts';
import { KPI_NOTE, kpiTable, type KpiLine } from '../../kpi-words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { table } from './parts.ts';

/** The metrics, folded: who wants the findings does not have to pass them. */
export function kpisSection(kpis: readonly Kpi[] | undefined): Markup | null {
  const metrics = kpiTable(kpis);
  if (metrics === null) return null;
  const columns = [
    { title: 'Metric' },
    { title: 'All systems', className: 'n' },
    { title: 'Measured' },
    ...metrics.systems.map((title) => ({ title, className: 'n' })),
  ];
  return markup`<details class="metrics"><summary>Metrics</summary><p>${KPI_NOTE}</p>
${table('Metrics of all systems and of each', columns, metrics.lines.map(kpiRow))}</details>`;
}

function kpiRow({ id, title, value, basis, bySystem }: KpiLine): Markup {
  return markup`<tr><th scope="row">${title} <span class="under">${id}</span></th>${cell(value)}<td>${basis}</td>${bySystem.map(cell)}</tr>`;
}

function cell(value: string): Markup {
  return markup`<td class="n${value === 'unknown' ? ' tone-unknown' : null}">${value}</td>`;
}
