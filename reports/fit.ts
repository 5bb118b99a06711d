/** What of a list fits, and how many rows do not. */
export interface Fitting<Row> {
  readonly kept: readonly Row[];
  readonly left: number;
}

/** The rows, in order, whose texts take at most `bytes` of UTF-8 together. A row that alone is too large is passed over. */
export function fit<Row>(rows: readonly Row[], bytes: number, text: (row: Row) => string): Fitting<Row> {
  const kept: Row[] = [];
  let room = bytes;
  for (const row of rows) {
    const size = Buffer.byteLength(text(row));
    if (size > room) continue;
    room -= size;
    kept.push(row);
  }
  return { kept, left: rows.length - kept.length };
}
