import { clip, visible } from '../inert-text.ts';

/**
 * Prose inside a line or a cell of GitHub's Markdown: nothing in it is markup, a link, a mention, a reference to an
 * issue or the end of the cell.
 */
export function prose(text: string, length = 200): string {
  const special = /[&<>]|[@#]+|[\\`*_[\]!|~$]|:(?=\/\/)|(?<=www)\./gi;
  return clip(visible(text), length).replace(special, (found) => {
    if ('&<>'.includes(found)) return `&#${found.charCodeAt(0)};`;
    // Mentions and references are looked for after escapes are gone, but never in code.
    if (/[@#]/.test(found)) return `\`${found}\``;
    return `\\${found}`;
  });
}

/** A name as code: shown letter by letter, whatever it contains. */
export function code(name: string, length = 80): string {
  const text = clip(visible(name), length);
  if (text.trim() === '') return '*(no name)*';
  if (!/[`|\\]/.test(text)) return `\`${text}\``;
  // What would end the code or the cell is written as an entity, which no Markdown dialect takes for markup.
  return `<code>${text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** Lines of a table with a header; `columns` are the headings, a colon at the end aligns to the right. */
export function table(columns: readonly string[], rows: readonly string[]): string[] {
  const rule = columns.map((column) => (column.endsWith(':') ? '--:' : '---'));
  return [row(columns.map((column) => column.replace(/:$/, ''))), row(rule), ...rows];
}

/** One line of a table, from cells that are Markdown already. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
