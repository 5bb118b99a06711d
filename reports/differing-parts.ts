import { canonicalJson } from './order.ts';

/**
 * Two texts with what is the same in both left out, where both are JSON: of objects the members that differ, of lists
 * the elements that the other has not. Other texts stay as they are.
 */
export function differingParts(before: string, after: string): readonly [string, string] {
  try {
    const [old, now] = differing(JSON.parse(before), JSON.parse(after), 0);
    return [canonicalJson(old), canonicalJson(now)];
  } catch {
    return [before, after];
  }
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
