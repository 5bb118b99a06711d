import { isCollection, isScalar, LineCounter, parseDocument, visit, type Document, type YAMLMap } from 'yaml';
import { MAX_DEPTH } from './piece.ts';
import { refusalOf } from './yaml-guard.ts';

/** What a YAML text holds as plain values, or why it holds none. */
export type YamlValue =
  | { readonly value: unknown }
  /** `line` counts from 1 within the text. */
  | { readonly reason: string; readonly line: number };

/** The parser multiplies how often an anchor is used by what it holds: beyond this it gives up. */
const MAX_ALIAS_COUNT = 100;
const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`;

/**
 * Parses one YAML document as kubectl would: merge keys count, duplicate keys are an error. Costs no more than a few
 * seconds whatever the text is, and never throws. Reasons do not quote the text, which may hold secrets.
 */
export function yamlValue(text: string): YamlValue {
  const refusal = refusalOf(text);
  if (refusal !== null) return { reason: refusal, line: 1 };
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      merge: true,
      prettyErrors: false,
      // Its own check costs the square of the keys of a mapping.
      uniqueKeys: false,
      logLevel: 'silent',
    });
    const error = document.errors[0];
    if (error !== undefined) {
      return {
        reason: `not valid YAML: ${wordsOf(error.code)}${hintFor(text)}`,
        line: lineAt(lines, error.pos[0]),
      };
    }
    const fault = keyFault(document);
    if (fault !== null) return { reason: `${fault.reason}${hintFor(text)}`, line: lineAt(lines, fault.at) };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
    return isTooDeep(value) ? { reason: TOO_DEEP, line: 1 } : { value };
  } catch (error) {
    if (error instanceof ReferenceError) return { reason: 'more aliases than is reasonable', line: 1 };
    if (error instanceof RangeError) return { reason: TOO_DEEP, line: 1 };
    return { reason: 'not valid YAML', line: 1 };
  }
}

function lineAt(lines: LineCounter, offset: number): number {
  return Math.max(1, lines.linePos(offset).line);
}

/** `BAD_INDENT` → `bad indent`. */
function wordsOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

function hintFor(text: string): string {
  return text.includes('{{') ? ' (a template of Helm? Render it first: helm template)' : '';
}

interface Fault {
  readonly reason: string;
  /** The offset in the text. */
  readonly at: number;
}

/** The first mapping whose keys are not each another text; null: there is none. */
function keyFault(document: Document): Fault | null {
  let found: Fault | null = null;
  visit(document, {
    Map(_, map) {
      found = keyFaultOf(map);
      return found === null ? undefined : visit.BREAK;
    },
  });
  return found;
}

function keyFaultOf({ items }: YAMLMap): Fault | null {
  const seen = new Set<string>();
  for (const { key } of items) {
    if (isCollection(key))
      return { reason: 'a mapping key that is not a plain value', at: key.range?.[0] ?? 0 };
    // A symbol stands for a merge, of which there may be several.
    if (!isScalar(key) || typeof key.value === 'symbol') continue;
    const name = String(key.value);
    if (seen.has(name)) return { reason: 'a mapping has the same key twice', at: key.range?.[0] ?? 0 };
    seen.add(name);
  }
  return null;
}

/** Level by level, so that no depth is too much for it. */
function isTooDeep(value: unknown): boolean {
  let level = new Set([value]);
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    // Aliases make the same object stand in many places.
    const below = [...level].flatMap((item): unknown[] => (isObject(item) ? Object.values(item) : []));
    level = new Set(below.filter(isObject));
    if (level.size === 0) return false;
  }
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
