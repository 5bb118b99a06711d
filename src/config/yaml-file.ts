import { readFile, stat } from 'node:fs/promises';
import { LineCounter, isNode, parseAllDocuments, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '#model/errors.ts';

/** Limits that keep a hostile file from costing more than it weighs. */
const MAX_ALIASES = 50;
const MAX_BYTES = 5_000_000;

/**
 * Reads a YAML file and validates it. Throws ConfigError that names file, line and what was expected; all mistakes
 * are named, the first one in the message and the rest in the hint.
 */
export async function readYamlFile<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>> {
  return parseYaml(await readTextFile(file), file, schema);
}

/** As readYamlFile, for text that was read already; `file` names it in errors. */
export function parseYaml<S extends z.ZodType>(text: string, file: string, schema: S): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  return validate(document, { lines, file }, schema);
}

/** As parseYaml, for a file of several documents, each of which must fit; empty ones are left out. */
export function parseYamlDocuments<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
): z.output<S>[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  return documents
    .filter(({ contents, errors }) => contents !== null || errors.length > 0)
    .map((document) => validate(document, { lines, file }, schema));
}

interface Place {
  readonly lines: LineCounter;
  readonly file: string;
}

function validate<S extends z.ZodType>(document: Document, { lines, file }: Place, schema: S): z.output<S> {
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    throw new ConfigError(`${file}:${lines.linePos(syntax.pos[0]).line}: not valid YAML: ${syntax.message}`, {
      hint: 'Correct the syntax; an editor with YAML support shows the place.',
    });
  }
  const result = schema.safeParse(toPlain(document, file));
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => describe(issue, document, lines, file));
  throw new ConfigError(mistakes[0] ?? `${file}: not valid`, {
    hint:
      mistakes.length > 1
        ? `Also: ${mistakes.slice(1).join(' · ')}`
        : 'See docs/configuration.md for every key.',
  });
}

/** Reads a text file of at most so many bytes. Throws ConfigError where it is larger, missing or not UTF-8. */
export async function readTextFile(file: string, maxBytes = MAX_BYTES): Promise<string> {
  try {
    const bytes = (await stat(file)).size > maxBytes ? null : await readFile(file);
    if (bytes === null || bytes.length > maxBytes) {
      throw new ConfigError(`${file}: larger than ${maxBytes} bytes`, { hint: 'Is this the right file?' });
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    throw new ConfigError(`${file}: ${why}`, {
      hint: error instanceof Error ? error.message : 'Check the path.',
      cause: error,
    });
  }
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
  } catch (error) {
    throw new ConfigError(`${file}: uses more aliases than is reasonable`, {
      hint: 'Write the values out.',
      cause: error,
    });
  }
}

function describe(issue: z.core.$ZodIssue, document: Document, lines: LineCounter, file: string): string {
  const where = lineOf(issue, document, lines);
  const key = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${file}${where === undefined ? '' : `:${where}`}: ${key}${issue.message}`;
}

/** The line of the innermost node on the issue's path that exists; of the unknown key itself where that is the issue. */
function lineOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): number | undefined {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
