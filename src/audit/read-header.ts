import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { headerSchema, type WrittenHeader } from './header-schema.ts';
import type { RuleProblem } from './rule-problem.ts';

/** The line of `file` on which the value at a path of the header stands, or the nearest one above it. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** A header that was read: what it says, or everything that is wrong with it. */
export type ReadHeader =
  | { readonly written: WrittenHeader; readonly lineOf: LineOf }
  | { readonly written: null; readonly problems: readonly RuleProblem[] };

/** The header's first line is the second of the file. */
const LINES_ABOVE = 1;
const MAX_ALIASES = 20;

/** Reads the YAML of a rule's header and checks its shape. Never throws. */
export function readHeader(file: string, yaml: string): ReadHeader {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line + LINES_ABOVE;
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      line: lineAt(error.pos[0]),
      message: `the header is not valid YAML: ${error.message}`,
    }));
    return { written: null, problems };
  }
  const plain = toPlain(document);
  if (plain === null) {
    return { written: null, problems: [{ file, line: 1, message: 'the header uses too many YAML aliases' }] };
  }
  const lineOf: LineOf = (path) => lineAt(offsetOf(document, path));
  const result = headerSchema.safeParse(plain.value);
  if (result.success) return { written: result.data, lineOf };
  const problems = result.error.issues.flatMap((issue) => described(issue, file, lineOf));
  return { written: null, problems };
}

function toPlain(document: Document): { value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {} };
  } catch {
    return null;
  }
}

function described(issue: z.core.$ZodIssue, file: string, lineOf: LineOf): RuleProblem[] {
  const at = (path: readonly PropertyKey[], message: string): RuleProblem => ({
    file,
    line: lineOf(path),
    message: path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  });
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? `; known are ${Object.keys(headerSchema.shape).join(', ')}` : '';
    return issue.keys.map((key) => at([...issue.path, key], `unknown key${known}`));
  }
  return [at(issue.path, issue.message)];
}

/** Where the innermost node on the path that exists begins; for a mapping's entry, its key. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
