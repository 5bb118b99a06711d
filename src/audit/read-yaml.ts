import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { RuleProblem } from './rule-problem.ts';

/** The line of `file` on which the value at a path stands, or the nearest one above it. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** YAML that was read: what it says, or everything that is wrong with it. */
export type ReadYaml<Value> =
  | { readonly value: Value; readonly lineOf: LineOf }
  | { readonly value: null; readonly problems: readonly RuleProblem[] };

export interface YamlPlace {
  readonly file: string;
  /** Lines of the file above the YAML. */
  readonly linesAbove: number;
  /** What the YAML is, for messages: `the header`. */
  readonly what: string;
}

const MAX_ALIASES = 20;

/** Reads YAML and checks its shape. Never throws. */
export function readYaml<S extends z.ZodObject>(
  yaml: string,
  schema: S,
  { file, linesAbove, what }: YamlPlace,
): ReadYaml<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line + linesAbove;
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      line: lineAt(error.pos[0]),
      message: `${what} is not valid YAML: ${error.message}`,
    }));
    return { value: null, problems };
  }
  const plain = toPlain(document);
  if (plain === null) {
    return { value: null, problems: [{ file, line: 1, message: `${what} uses too many YAML aliases` }] };
  }
  const lineOf: LineOf = (path) => lineAt(offsetOf(document, path));
  const result = schema.safeParse(plain.value);
  if (result.success) return { value: result.data, lineOf };
  const known = Object.keys(schema.shape).join(', ');
  const problems = result.error.issues.flatMap((issue) => described(issue, file, known, lineOf));
  return { value: null, problems };
}

function toPlain(document: Document): { value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {} };
  } catch {
    return null;
  }
}

function described(issue: z.core.$ZodIssue, file: string, known: string, lineOf: LineOf): RuleProblem[] {
  const at = (path: readonly PropertyKey[], message: string): RuleProblem => ({
    file,
    line: lineOf(path),
    message: path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  });
  if (issue.code === 'unrecognized_keys') {
    const hint = issue.path.length === 0 ? `; known are ${known}` : '';
    return issue.keys.map((key) => at([...issue.path, key], `unknown key${hint}`));
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
