/** One item of a list as text of its own: a sequence of one element, indented as it was. */
export interface ListItemText {
  readonly text: string;
  /** The line of the document on which it starts, from 1. */
  readonly line: number;
}

/**
 * Takes a YAML list of Kubernetes objects (`items:` at the start of a line, or a sequence at the top) apart by its
 * lines, so that an item that does not parse costs only itself; null where the text is no such list. What belongs to an
 * item stands further right than its dash, so the dashes in the first one's column are the items' own.
 */
export function yamlListItems(text: string): readonly ListItemText[] | null {
  const lines = text.split('\n');
  const key = lines.findIndex((line) => /^items:\s*(?:#.*)?$/u.test(line));
  const start = lines.findIndex(
    (line, at) => at > key && !/^\s*(?:#.*)?$/u.test(line) && !line.startsWith('---'),
  );
  const dash = /^( *)- /u.exec(lines[start] ?? '');
  if (dash === null) return null;
  const indent = dash[1] ?? '';
  const items: { line: number; lines: string[] }[] = [];
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith(`${indent}- `)) items.push({ line: at + 1, lines: [line] });
    else if (line.trim() === '' || line.startsWith(`${indent} `)) items.at(-1)?.lines.push(line);
    else if (!line.startsWith('#')) break;
  }
  return items.map((item) => ({ text: item.lines.join('\n'), line: item.line }));
}
