import type { Column } from '../screen.ts';

/** Cells between two columns. */
export const GAP = 2;

/** A column with the cells that it has on this terminal. */
export interface PlacedColumn {
  readonly column: Column;
  readonly cells: number;
}

/**
 * The columns that fit, each at least as wide as it must be: where there is no room the least important go, and what
 * is left over is shared by those that grow.
 */
export function placeColumns(columns: readonly Column[], cells: number): PlacedColumn[] {
  const shown = whatFits(columns, cells);
  let left = cells - widthOf(shown);
  let shares = shown.reduce((sum, { grow = 0 }) => sum + grow, 0);
  return shown.map((column) => {
    const { min, grow = 0 } = column;
    const extra = shares === 0 ? 0 : Math.floor((left * grow) / shares);
    left -= extra;
    shares -= grow;
    return { column, cells: Math.min(min + extra, cells) };
  });
}

function whatFits(columns: readonly Column[], cells: number): readonly Column[] {
  let shown = columns;
  while (shown.length > 1 && widthOf(shown) > cells) {
    const least = Math.max(...shown.map(({ priority }) => priority));
    const index = shown.findLastIndex(({ priority }) => priority === least);
    shown = shown.toSpliced(index, 1);
  }
  return shown;
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { min }) => sum + min, 0) + GAP * Math.max(0, columns.length - 1);
}
