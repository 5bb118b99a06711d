import type { Json } from '#model/system.ts';
import { quote } from './quote.ts';
import { parseStatement, type Statement } from './statement.ts';

/** A policy document taken apart. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** Why the document cannot be relied on as a whole; null where it can. Its statements are then none. */
  readonly problem: string | null;
}

/**
 * Reads a policy document. What is wrong with one statement stays with that statement; a document without
 * statements or of an unknown version cannot be relied on at all. Never throws.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parseDocument(json: Json): PolicyDocument {
  if (typeof json !== 'object' || json === null) return broken('it is not a JSON object');
  return isList(json) ? broken('it is a list') : readDocument(new Map(Object.entries(json)));
}

function readDocument(elements: ReadonlyMap<string, Json>): PolicyDocument {
  // A policy that names no version is one of 2008-10-17, which knows no variables.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  const version = elements.get('Version') ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    const written = typeof version === 'string' ? quote(version) : 'no text';
    return broken(`its Version is ${written}, which IAM does not know`);
  }
  const element = elements.get('Statement');
  if (typeof element !== 'object' || element === null) return broken('it has no Statement');
  const list = isList(element) ? element : [element];
  const variables = version === '2012-10-17';
  return { statements: list.map((json, index) => parseStatement(json, index, variables)), problem: null };
}

function broken(problem: string): PolicyDocument {
  return { statements: [], problem };
}

/** Array.isArray that keeps the element type of a read-only list. */
function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
