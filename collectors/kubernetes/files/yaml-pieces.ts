import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import type { Piece } from './piece.ts';
import { yamlDocuments, type YamlDocument } from './yaml-documents.ts';
import { yamlListItems } from './yaml-list-items.ts';
import { yamlValue } from './yaml-value.ts';

/** What is longer takes too much memory; JSON has no such limit. */
const MAX_LENGTH = 64 * 1024 * 1024;

/**
 * The objects of a YAML file, holding one document at a time. Documents of kinds for which `isNeeded` is false are
 * passed over unparsed, where their kind can be told from one line. What cannot be read is a problem, the rest is read.
 */
export async function* yamlPieces(
  file: ImportFile,
  isNeeded: (kind: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<readonly Piece[]> {
  let last = 'the start';
  try {
    for await (const document of yamlDocuments(readUtf8(file.path, signal), MAX_LENGTH)) {
      last = placeOf(document, 1);
      if (document.text === null) {
        yield [
          { kind: 'problem', place: last, reason: `longer than ${MAX_LENGTH} characters; export it as JSON` },
        ];
      } else if (needsReading(document.text, isNeeded)) yield piecesOf(document, document.text);
    }
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    yield [{ kind: 'problem', place: `after ${last}`, reason }];
  }
}

function reasonOf(error: unknown): string | null {
  if (error instanceof RangeError) return error.message;
  return error instanceof TypeError ? 'not UTF-8 text; the rest is not read' : null;
}

/** A document is parsed as a whole or, where that fails and it is a list, item by item. */
function piecesOf(document: YamlDocument, text: string): Piece[] {
  const whole = yamlValue(text);
  if ('value' in whole) return whole.value === null ? [] : [pieceOf(document, 1, whole)];
  const items = yamlListItems(text);
  return items === null
    ? [pieceOf(document, 1, whole)]
    : items.map((item) => pieceOf(document, item.line, yamlValue(item.text)));
}

function pieceOf(document: YamlDocument, line: number, parsed: ReturnType<typeof yamlValue>): Piece {
  return 'value' in parsed
    ? { kind: 'value', value: parsed.value, place: placeOf(document, line), list: null }
    : { kind: 'problem', place: placeOf(document, line + parsed.line - 1), reason: parsed.reason };
}

/** `line` counts from 1 within the document. */
function placeOf(document: YamlDocument, line: number): string {
  return `document ${document.number}, line ${document.line + line - 1}`;
}

function needsReading(text: string, isNeeded: (kind: string) => boolean): boolean {
  const [kind, ...more] = [...text.matchAll(KIND)].map((match) => match[1] ?? '');
  return kind === undefined || more.length > 0 || kind.endsWith('List') || isNeeded(kind);
}

const KIND = /^kind:[ \t]*["']?([A-Za-z0-9]+)["']?[ \t]*(?:#.*)?$/gmu;
