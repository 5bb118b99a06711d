/** One line of CSV (RFC 4180) whose cells a spreadsheet shows as text and never runs as a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

// https://owasp.org/www-community/attacks/CSV_Injection
function csvCell(text: string): string {
  const inert = /^[\s"']*[=+\-@\t\r]/u.test(text) && !/^-?\d+(\.\d+)?$/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
