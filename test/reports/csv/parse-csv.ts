/** Reads RFC 4180 by its grammar; throws where the text does not follow it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"(,|\r\n)/uy;
    quoted.lastIndex = at;
    const field = quoted.exec(text);
    if (field === null) throw new Error(`not RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    row.push((field[1] ?? '').replaceAll('""', '"'));
    if (field[2] === '\r\n') {
      rows.push(row);
      row = [];
    }
    at = quoted.lastIndex;
  }
  return rows;
}
