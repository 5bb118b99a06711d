import type { TrendPoint } from '#contract/report.ts';
import { SEVERITIES } from '#model/finding.ts';
import { counted, grouped, SEVERITY_MARKS, UNKNOWN_MARK } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { figure } from './figure.ts';

const SIZE = { width: 520, plot: 170, left: 46, right: 96, top: 14, bottom: 26 };

interface Series {
  readonly word: string;
  readonly tone: string;
  readonly values: readonly number[];
}

/** How findings and identities went over the last snapshots. */
export function trendLines(trend: readonly TrendPoint[] | undefined): Markup | null {
  if (trend === undefined) return null;
  const findings = SEVERITIES.map((severity) => ({
    word: SEVERITY_MARKS[severity].word,
    tone: severity,
    values: trend.map(({ failed }) => failed[severity]),
  }));
  const identities = { word: 'Identities', tone: 'accent', values: trend.map((point) => point.identities) };
  const note =
    trend.length === 1
      ? 'There is one snapshot, so there is no trend yet.'
      : `The last ${counted(trend.length, 'snapshot')}, oldest first; what is unknown is in the numbers.`;
  return figure(
    'Trend over snapshots',
    note,
    markup`<div class="trends">${lines('Findings by severity', trend, findings)}${lines('Identities', trend, [identities])}</div>`,
    {
      columns: [
        { title: 'As of' },
        ...findings.map(({ word }) => ({ title: word, className: 'n' })),
        { title: UNKNOWN_MARK.word, className: 'n' },
        { title: 'Identities', className: 'n' },
      ],
      rows: trend.map(({ asOf, failed, unknown, identities: population }) => [
        asOf.slice(0, 10),
        ...SEVERITIES.map((severity) => grouped(failed[severity])),
        grouped(unknown),
        grouped(population),
      ]),
    },
  );
}

function lines(title: string, trend: readonly TrendPoint[], series: readonly Series[]): Markup {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const x = (at: number): number =>
    round(
      SIZE.left +
        (trend.length === 1 ? 0.5 : at / (trend.length - 1)) * (SIZE.width - SIZE.left - SIZE.right),
    );
  const y = (value: number): number => round(SIZE.top + (1 - value / most) * SIZE.plot);
  const base = SIZE.top + SIZE.plot;
  const label = `${title}: ${series.map(({ word, values }) => `${word.toLowerCase()} ${values.join(', ')}`).join('; ')}`;
  const [first, last] = [trend[0]?.asOf.slice(0, 10) ?? '', trend.at(-1)?.asOf.slice(0, 10) ?? ''];
  return markup`<div><h4>${title}</h4><svg class="plot" role="img" aria-label="${label}" viewBox="0 0 ${SIZE.width} ${base + SIZE.bottom}">
<path class="axis" d="M${SIZE.left} ${SIZE.top}H${SIZE.width - SIZE.right}M${SIZE.left} ${base}H${SIZE.width - SIZE.right}"/>
<text class="scale" x="${SIZE.left - 8}" y="${SIZE.top + 4}">${grouped(most)}</text><text class="scale" x="${SIZE.left - 8}" y="${base + 4}">0</text>
<text class="begin" x="${SIZE.left}" y="${base + 19}">${first}</text>${trend.length > 1 ? markup`<text class="scale" x="${SIZE.width - SIZE.right}" y="${base + 19}">${last}</text>` : null}
${series.map(({ tone, values }) => markup`<path class="line stroke-${tone}" d="${values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')}"/>${values.map((value, at) => markup`<circle class="fill-${tone}" cx="${x(at)}" cy="${y(value)}" r="3"/>`)}`)}
${spread(series.map(({ values }) => y(values.at(-1) ?? 0))).map((at, which) => endLabel(series[which], at))}</svg></div>`;
}

function endLabel(series: Series | undefined, at: number): Markup | null {
  if (series === undefined) return null;
  const { word, tone, values } = series;
  return markup`<text class="begin tone-${tone} fill-${tone}" x="${SIZE.width - SIZE.right + 10}" y="${at + 4}">${word} ${grouped(values.at(-1) ?? 0)}</text>`;
}

/** Places for labels, moved apart where they would cover each other, from the lowest up. */
function spread(places: readonly number[]): number[] {
  const moved = [...places];
  let room = SIZE.top + SIZE.plot + 6;
  for (const [place, which] of places.map((each, at) => [each, at] as const).toSorted(([a], [b]) => b - a)) {
    moved[which] = Math.min(place, room);
    room = (moved[which] ?? room) - 15;
  }
  return moved;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
