import type { Reply } from './session.ts';

/** An object within a reply; empty where it is none. */
export function partOf(value: unknown, key: string): Reply {
  const member = memberOf(value, key);
  return isObject(member) ? member : {};
}

/** The objects of a list within a reply; what is no object is left out. */
export function listOf(value: unknown, key: string): readonly Reply[] {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member.filter(isObject) : [];
}

/** The texts of a list within a reply. */
export function textsOf(value: unknown, key: string): readonly string[] {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member.filter((text) => typeof text === 'string') : [];
}

/** A text within a reply; null: it is absent, empty or no text. */
export function textOf(value: unknown, key: string): string | null {
  const member = memberOf(value, key);
  return typeof member === 'string' && member !== '' ? member : null;
}

/** A member of whatever it is; undefined where there is none. */
export function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
