/**
 * Whether two texts of JSON documents, a line each, say the same when the order of statements and of the lists in them
 * does not count: reordering is no drift.
 */
export function sameDocuments(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return before === after;
  return before === after || sortedText(before) === sortedText(after);
}

/** Texts of JSON documents, a line each, in an order that does not depend on how they were written. */
export function sortedText(lines: string): string {
  return lines
    .split('\n')
    .map((line) => {
      try {
        return JSON.stringify(unordered(JSON.parse(line)));
      } catch {
        return line;
      }
    })
    .toSorted()
    .join('\n');
}

function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unordered).toSorted((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, unordered(member)] as const)
      .toSorted(([a], [b]) => compareText(a, b)),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
