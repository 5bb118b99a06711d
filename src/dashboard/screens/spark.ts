import type { Marks } from './marks.ts';

/** A series as a line of bars, lowest to highest; null is a gap and never a nought. */
export function sparkline(values: readonly (number | null)[], { spark, gap }: Marks): string {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .map((value) => {
      if (value === null) return gap;
      const share = high === low ? 0.5 : (value - low) / (high - low);
      return spark[Math.min(spark.length - 1, Math.floor(share * spark.length))] ?? gap;
    })
    .join('');
}

/**
 * Counts as one bar of at most `cells`, each part drawn with its own mark. A part that is there has a cell at least;
 * `most` is the sum that fills the bar.
 */
export function stackedBar(
  parts: readonly { readonly mark: string; readonly count: number }[],
  most: number,
  cells: number,
): string {
  const scale = most > cells ? cells / most : 1;
  return parts
    .map(({ mark, count }) => (count === 0 ? '' : mark.repeat(Math.max(1, Math.floor(count * scale)))))
    .join('')
    .slice(0, cells);
}
