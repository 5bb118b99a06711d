import { canonicalJson } from './order.ts';

/**
 * Two texts with what is the same in both left out, where both are JSON, or JSON in every line: of objects the members
 * that differ, of lists the elements that the other has not. Other texts stay as they are.
 */
export function differingParts(before: string, after: string): readonly [string, string] {
  try {
    const asLines = isSeveral(before) || isSeveral(after);
    const [old, now] = [before, after].map((text) =>
      asLines ? linesOf(text) : (JSON.parse(text) as unknown),
    );
    return printed(...differing(old, now, 0));
  } catch {
    return [before, after];
  }
}

/** Guardrails of one kind are several documents, a line each. */
function isSeveral(text: string): boolean {
  return text.includes('\n');
}

function linesOf(text: string): unknown[] {
  return text.split('\n').map((line) => JSON.parse(line) as unknown);
}

/** One document that became another is shown by what differs in it. */
function printed(old: unknown, now: unknown): readonly [string, string] {
  if (!Array.isArray(old) || !Array.isArray(now) || old.length !== 1 || now.length !== 1)
    return [canonicalJson(old), canonicalJson(now)];
  const [was, is] = differing(old[0], now[0], 0);
  return [canonicalJson(was), canonicalJson(is)];
}

const MAX_DEPTH = 20;

function differing(old: unknown, now: unknown, depth: number): readonly [unknown, unknown] {
  if (depth > MAX_DEPTH) return [old, now];
  if (Array.isArray(old) && Array.isArray(now)) {
    const [had, has] = [
      new Set(old.map((each) => canonicalJson(each))),
      new Set(now.map((each) => canonicalJson(each))),
    ];
    return [
      old.filter((each) => !has.has(canonicalJson(each))),
      now.filter((each) => !had.has(canonicalJson(each))),
    ];
  }
  if (!isObject(old) || !isObject(now)) return [old, now];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => canonicalJson(old[key]) !== canonicalJson(now[key]),
  );
  const pairs = keys.map((key) => [key, differing(old[key], now[key], depth + 1)] as const);
  return [
    Object.fromEntries(pairs.map(([key, [was]]) => [key, was])),
    Object.fromEntries(pairs.map(([key, [, is]]) => [key, is])),
  ];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
