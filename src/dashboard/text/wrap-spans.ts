import type { Span } from '../screen.ts';
import { beginning, cellsOf } from './cells.ts';

/** Breaks a line into lines of at most so many cells, at spaces where there are any. Texts must be clean. */
export function wrapSpans(spans: readonly Span[], cells: number): Span[][] {
  const lines: Span[][] = [[]];
  let room = cells;
  function next(): void {
    lines.push([]);
    room = cells;
  }
  for (const span of spans) {
    for (const word of span.text.split(/(?<= )(?=[^ ])/u)) {
      if (cellsOf(word.trimEnd()) > room && room < cells) next();
      let rest = word;
      while (cellsOf(rest.trimEnd()) > room) {
        const part = beginning(rest, room);
        // A pane narrower than one character shows nothing of it.
        if (part === '') break;
        put(lines, { ...span, text: part });
        rest = rest.slice(part.length);
        next();
      }
      const part = beginning(rest, room);
      if (part !== '') put(lines, { ...span, text: part });
      room -= cellsOf(part);
    }
  }
  return lines;
}

/** Adds to the last line, joined with what is before it where that has the same tone. */
function put(lines: Span[][], span: Span): void {
  const line = lines.at(-1);
  if (line === undefined) return;
  const before = line.at(-1);
  if (before !== undefined && before.tone === span.tone) {
    line[line.length - 1] = { ...before, text: before.text + span.text };
  } else line.push(span);
}
