import { parseJson } from '#collectors/shared/parse-json.ts';
import type { Json } from '#model/system.ts';

/** A policy document, or what is wrong with it. */
export type ReadDocument =
  | { readonly document: { readonly [key: string]: Json }; readonly problem: null }
  | { readonly document: null; readonly problem: string };

/**
 * Reads a policy document as the CLI prints it (an object) or as the API sends it (JSON, percent-encoded as RFC 3986
 * has it): both give the same object.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDetail.html
 */
export function readDocument(value: unknown): ReadDocument {
  if (typeof value === 'string') return fromText(value);
  if (isObject(value)) {
    return isDeeperThan(value, MAX_DEPTH)
      ? refused(`a policy document that is nested deeper than ${MAX_DEPTH} levels`)
      : { document: value, problem: null };
  }
  return refused(`expected a policy document, found ${nameOf(value)}`);
}

function fromText(text: string): ReadDocument {
  let json = text;
  if (!text.trimStart().startsWith('{')) {
    try {
      json = decodeURIComponent(text);
    } catch {
      return refused('a policy document whose percent-encoding is broken');
    }
  }
  const parsed = parseJson(json, MAX_DEPTH);
  if (!parsed.ok) return refused(`a policy document that is ${parsed.reason}`);
  if (isObject(parsed.value)) return { document: parsed.value, problem: null };
  return refused(`expected a policy document, found ${nameOf(parsed.value)}`);
}

/** Deeper ones would exhaust the stack of whoever prints them. */
const MAX_DEPTH = 64;

function isDeeperThan(value: Json, maxDepth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return maxDepth === 0 || Object.values(value).some((member: Json) => isDeeperThan(member, maxDepth - 1));
}

/** What JSON.parse gave is JSON. */
function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(problem: string): ReadDocument {
  return { document: null, problem };
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}
