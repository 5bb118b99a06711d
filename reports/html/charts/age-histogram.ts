import { CREDENTIAL_AGE_DAYS } from '#contract/report.ts';
import type { CredentialAges } from '#contract/report.ts';
import { clip } from '../../inert-text.ts';
import { counted, grouped } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { SHOWN_NAME } from '../sections/parts.ts';
import { figure } from './figure.ts';

const KINDS = 12;
const SIZE = { column: 34, gap: 6, plot: 84, top: 16 };

const BUCKETS = [
  ...CREDENTIAL_AGE_DAYS.map((days, at) => ({
    label: days < 365 ? `${days} d` : `${days / 365} y`,
    word: `up to ${days} days`,
    fill: ['complete', 'complete', 'medium', 'medium', 'high'][at] ?? 'high',
  })),
  { label: 'older', word: `more than ${CREDENTIAL_AGE_DAYS.at(-1) ?? 0} days`, fill: 'critical' },
  { label: '?', word: 'age not known', fill: 'unknown' },
];

/** How old credentials are, a histogram for each kind. */
export function ageHistograms(ages: readonly CredentialAges[] | undefined): Markup | null {
  if (ages === undefined || ages.length === 0) return null;
  const shown = ages.slice(0, KINDS);
  const more = ages.length > KINDS ? ` ${counted(ages.length - KINDS, 'more kind')} in the json report.` : '';
  return figure(
    'Age of credentials by kind',
    `Each column counts credentials of at most so many days or years, without those of the columns before it. Disabled ones are left out.${more}`,
    markup`<ul class="histograms">${shown.map(histogram)}</ul>`,
    {
      columns: [{ title: 'Kind' }, ...BUCKETS.map(({ word }) => ({ title: word, className: 'n' }))],
      rows: shown.map((each) => [clip(each.kind, SHOWN_NAME), ...numbersOf(each).map(grouped)]),
    },
  );
}

function histogram(ages: CredentialAges): Markup {
  const numbers = numbersOf(ages);
  const most = Math.max(1, ...numbers);
  const width = BUCKETS.length * (SIZE.column + SIZE.gap);
  const said = BUCKETS.map(({ word }, at) => ({ word, count: numbers[at] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
  const label = `${clip(ages.kind, SHOWN_NAME)}: ${said.map(({ word, count }) => `${count} ${word}`).join(', ') || 'none'}`;
  return markup`<li><h4><bdi>${clip(ages.kind, 60)}</bdi> <span class="count">${grouped(numbers.reduce((sum, each) => sum + each, 0))}</span></h4>
<svg class="plot" role="img" aria-label="${label}" viewBox="0 0 ${width} ${SIZE.top + SIZE.plot + 20}" width="${width}" height="${SIZE.top + SIZE.plot + 20}">${BUCKETS.map(
    (bucket, at) => column(bucket, at, numbers[at] ?? 0, most),
  )}<path class="axis" d="M0 ${SIZE.top + SIZE.plot}H${width}"/></svg></li>`;
}

function column({ label, fill }: (typeof BUCKETS)[number], at: number, count: number, most: number): Markup {
  const x = at * (SIZE.column + SIZE.gap) + SIZE.gap / 2;
  const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * SIZE.plot));
  const middle = x + SIZE.column / 2;
  const base = SIZE.top + SIZE.plot;
  return markup`<rect class="fill-${fill}" x="${x}" y="${base - height}" width="${SIZE.column}" height="${height}"/><text class="value${count === 0 ? ' none' : null}" x="${middle}" y="${base - height - 4}">${grouped(count)}</text><text class="tick" x="${middle}" y="${base + 15}">${label}</text>`;
}

function numbersOf({ counts, unknown }: CredentialAges): number[] {
  return [...BUCKETS.slice(0, -1).map((_, at) => counts[at] ?? 0), unknown];
}
