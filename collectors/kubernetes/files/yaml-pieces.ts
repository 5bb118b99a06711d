import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import type { Piece } from './piece.ts';
import { yamlDocuments, type YamlDocument } from './yaml-documents.ts';
import { yamlListItems } from './yaml-list-items.ts';
import { yamlValue, type YamlValue } from './yaml-value.ts';

/** What is longer takes too much memory; JSON has no such limit. */
const MAX_LENGTH = 64 * 1024 * 1024;

/**
 * The objects of a YAML file, holding one document at a time. Documents of kinds for which `isNeeded` is false are
 * passed over unparsed, where their kind can be told from one line. What cannot be read is said, the rest is read.
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
        const reason = `longer than ${MAX_LENGTH} characters; export it as JSON`;
        yield [{ kind: 'unread', place: last, reason, about: null }];
      } else if (needsReading(document.text, isNeeded)) yield piecesOf(document, document.text);
    }
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    yield [{ kind: 'unread', place: `after ${last}`, reason, about: null }];
  }
}

function reasonOf(error: unknown): string | null {
  if (error instanceof RangeError) return error.message;
  return error instanceof TypeError ? 'not UTF-8 text; the rest is not read' : null;
}

/** A document is parsed as a whole or, where that fails and it is a list, item by item. */
function piecesOf(document: YamlDocument, text: string): Piece[] {
  const whole = yamlValue(text);
  if ('value' in whole && whole.value === null) return [];
  const items = 'value' in whole ? null : yamlListItems(text);
  return items === null
    ? [pieceOf(document, 1, whole, kindIn(text, KIND_OF_DOCUMENT))]
    : items.map((item) =>
        pieceOf(document, item.line, yamlValue(item.text), kindIn(item.text, KIND_OF_ITEM)),
      );
}

/** `line` counts from 1 within the document. */
function pieceOf(document: YamlDocument, line: number, parsed: YamlValue, about: string | null): Piece {
  return 'value' in parsed
    ? { kind: 'value', value: parsed.value, place: placeOf(document, line), list: null }
    : { kind: 'unread', place: placeOf(document, line + parsed.line - 1), reason: parsed.reason, about };
}

function placeOf(document: YamlDocument, line: number): string {
  return `document ${document.number}, line ${document.line + line - 1}`;
}

function needsReading(text: string, isNeeded: (kind: string) => boolean): boolean {
  const kind = kindIn(text, KIND_OF_DOCUMENT);
  return kind === null || isNeeded(kind);
}

/** The kind of object that a text says it is, where one line tells; null: it does not, or it is a list. */
function kindIn(text: string, line: RegExp): string | null {
  const [kind, ...more] = [...text.matchAll(line)].map((match) => match[1] ?? '');
  return kind === undefined || more.length > 0 || kind.endsWith('List') ? null : kind;
}

const KIND_OF_DOCUMENT = /^kind:[ \t]*["']?([A-Za-z0-9]+)["']?[ \t]*(?:#.*)?$/gmu;
/** Of an item whose dash stands at the start of the line, as kubectl prints them. */
const KIND_OF_ITEM = /^(?:- | {2})kind:[ \t]*["']?([A-Za-z0-9]+)["']?[ \t]*(?:#.*)?$/gmu;
