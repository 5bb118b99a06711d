import type { Column } from '../screen.ts';

/** The column beside another, stopping at the ends. */
export function neighbour(columns: readonly Column[], key: string, by: number): string {
  const index = columns.findIndex((column) => column.key === key);
  return columns[Math.max(0, Math.min(columns.length - 1, index + by))]?.key ?? key;
}

/** The next column whose title begins with a letter, after the current one and round again. */
export function columnByLetter(
  columns: readonly Column[],
  letter: string,
  current: string,
): string | undefined {
  const fits = columns.filter(({ title }) => title.toLowerCase().startsWith(letter.toLowerCase()));
  const at = fits.findIndex(({ key }) => key === current);
  return fits[(at + 1) % Math.max(1, fits.length)]?.key;
}
