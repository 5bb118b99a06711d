/** The rows by key, in the order in which keys and rows come first. Rows whose key is null are left out. */
export function groupBy<Row, Key>(
  rows: readonly Row[],
  key: (row: Row) => Key | null,
): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
