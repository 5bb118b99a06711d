/** One document of a YAML stream as text; `text` null: it is longer than the limit. */
export interface YamlDocument {
  /** From 1; empty documents count. */
  readonly number: number;
  /** The line of the file on which it starts, from 1. */
  readonly line: number;
  readonly text: string | null;
}

/**
 * Splits a YAML stream at its document marks, holding one document at a time. A mark at the start of a line ends a
 * document wherever it stands (https://yaml.org/spec/1.2.2/#912-document-markers), so no parser is needed. Documents of
 * nothing but comments and directives are passed over. Throws TypeError where the bytes are not UTF-8 and RangeError
 * where one line is longer than the limit.
 */
export async function* yamlDocuments(
  chunks: AsyncIterable<Buffer>,
  maxLength: number,
): AsyncGenerator<YamlDocument> {
  let number = 0;
  let line = 0;
  let document: OpenDocument = { line: 1, length: 0, lines: [] };

  function* finish(): Generator<YamlDocument> {
    const { lines, length } = document;
    const isTooLong = length > maxLength;
    // What stands before the first mark of a file is a document only where it has content.
    if (isTooLong || number > 0 || lines.some((text) => hasContent(text) || isMark(text))) number++;
    if (isTooLong) yield { number, line: document.line, text: null };
    else if (lines.some(hasContent)) yield { number, line: document.line, text: lines.join('\n') };
  }

  for await (const text of linesOf(chunks, maxLength)) {
    line++;
    if (isMark(text) && line > 1) {
      yield* finish();
      document = { line, length: 0, lines: [] };
    }
    document.length += text.length + 1;
    if (document.length > maxLength) document.lines = [];
    else if (!text.startsWith('...')) document.lines.push(text);
  }
  yield* finish();
}

interface OpenDocument {
  readonly line: number;
  length: number;
  lines: string[];
}

function isMark(line: string): boolean {
  return /^(?:---|\.\.\.)(?:[ \t]|$)/u.test(line);
}

function hasContent(line: string): boolean {
  return !line.startsWith('%') && !/^(?:---)?\s*(?:#.*)?$/u.test(line);
}

async function* linesOf(chunks: AsyncIterable<Buffer>, maxLength: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let open = '';
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    open += first;
    if (open.length > maxLength) throw new RangeError(`a line is longer than ${maxLength} characters`);
    for (const next of others) {
      yield withoutReturn(open);
      open = next;
    }
  }
  yield withoutReturn(open + decoder.decode());
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
