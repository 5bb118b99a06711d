import { markup } from './markup.ts';
import type { Markup } from './markup.ts';

/** One stretch of a bar: how much, how it is filled (`critical`, `unknown`, `complete` …), and its word. */
export interface BarPart {
  readonly value: number;
  readonly fill: string;
  readonly word: string;
}

/** A stacked bar as inline SVG; `whole` is the value that fills the width. Its text says the numbers. */
export function bar(parts: readonly BarPart[], whole: number): Markup {
  const present = parts.filter((part) => part.value > 0);
  const label = present.map(({ value, word }) => `${value} ${word.toLowerCase()}`).join(', ') || 'none';
  const starts = present.map((_, at) => present.slice(0, at).reduce((sum, { value }) => sum + value, 0));
  return markup`<svg class="bar" role="img" aria-label="${label}">${present.map((part, at) => {
    const [x, width] = [percent(starts[at] ?? 0, whole), percent(part.value, whole)];
    return markup`<rect class="fill-${part.fill}" x="${x}" width="${width}" height="100%"${hatched(part)}><title>${part.value} ${part.word}</title></rect>`;
  })}</svg>`;
}

/** The pattern that `unknown` is filled with, once a page. */
export const HATCH = markup`<svg class="defs" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.5" height="6"/></pattern></defs></svg>`;

function hatched(part: BarPart): Markup | null {
  return part.fill === 'unknown' ? markup` fill="url(#hatch)"` : null;
}

function percent(value: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((value / whole) * 10_000) / 100}%`;
}
