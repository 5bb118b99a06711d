/** A cursor in a list of known length, and what of it is on the screen. */
export interface Scroll {
  readonly cursor: number;
  readonly top: number;
}

/** The first place to show so that the cursor is on a screen of so many rows; it moves no more than it has to. */
export function topFor({ cursor, top }: Scroll, total: number, rows: number): number {
  const last = Math.max(0, total - rows);
  const near = Math.min(Math.max(top, cursor - rows + 1), cursor);
  return Math.max(0, Math.min(near, last));
}

/** A place within a list. */
export function within(place: number, total: number): number {
  return Math.max(0, Math.min(place, total - 1));
}
