import type { Kpi } from '#model/kpi.ts';
import { KPI_NOTE, kpiTable, type KpiLine } from '../../kpi-words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { table } from './parts.ts';

/** The metrics: a card for each, and a table of them by system to unfold. */
export function kpisSection(kpis: readonly Kpi[] | undefined): Markup | null {
  const metrics = kpiTable(kpis);
  if (metrics === null) return null;
  const columns = [
    { title: 'Metric' },
    { title: 'All systems', className: 'n' },
    { title: 'Measured' },
    ...metrics.systems.map((title) => ({ title, className: 'n' })),
  ];
  return markup`<p class="lead">${KPI_NOTE}</p>
<ul class="cards">${metrics.lines.map(card)}</ul>
<details class="metrics"><summary>By system</summary>${table('Metrics of all systems and of each', columns, metrics.lines.map(kpiRow))}</details>`;
}

function card({ title, value, basis }: KpiLine): Markup {
  return markup`<li class="card"><span class="card-value${tone(value)}">${value}</span><span class="card-title">${title}</span><span class="under">${basis}</span></li>`;
}

function kpiRow({ id, title, value, basis, bySystem }: KpiLine): Markup {
  return markup`<tr><th scope="row">${title} <span class="under">${id}</span></th>${cell(value)}<td>${basis}</td>${bySystem.map(cell)}</tr>`;
}

function cell(value: string): Markup {
  return markup`<td class="n${tone(value)}">${value}</td>`;
}

function tone(value: string): string | null {
  return value === 'unknown' ? ' tone-unknown' : null;
}
