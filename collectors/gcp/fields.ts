import type { Instant, Json } from '#model/system.ts';

/** An object as Google gave it. */
export type Fields = { readonly [key: string]: Json };

/** The value as an object; null: it is none. */
export function objectOf(value: unknown): Fields | null {
  // Values come from JSON text alone, so an object's members are JSON.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A member that is a text with something in it; null: it is none. */
export function textOf(fields: Fields | null, name: string): string | null {
  const value = fields !== null && Object.hasOwn(fields, name) ? fields[name] : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A member that is an object; null: it is none. */
export function memberOf(fields: Fields | null, name: string): Fields | null {
  return fields !== null && Object.hasOwn(fields, name) ? objectOf(fields[name]) : null;
}

/** The members of a list, as they are; none where it is no list. */
export function listOf(fields: Fields | null, name: string): readonly Json[] {
  const value: unknown = fields !== null && Object.hasOwn(fields, name) ? fields[name] : null;
  // A list from JSON holds JSON; the compiler does not narrow readonly arrays.
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The texts of a list; what is none is passed over. */
export function textsOf(fields: Fields | null, name: string): readonly string[] {
  return listOf(fields, name).filter((each) => typeof each === 'string');
}

/** The texts of an object's members: labels and the like. */
export function labelsOf(fields: Fields | null, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(memberOf(fields, name) ?? {});
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

/** An RFC 3339 time; null: absent, not one, or beyond what a column takes. */
export function instantOf(fields: Fields | null, name: string): Instant | null {
  const value = textOf(fields, name);
  if (value === null || !/^\d{4}-\d{2}-\d{2}T/u.test(value)) return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) || !/^\d{4}-/u.test(date.toISOString()) ? null : date.toISOString();
}

/** Members that hold secrets wherever they stand; key files and replies to creations have them, lists do not. */
const SECRET = /^(?:keyString|privateKeyData|private_?key|secret|plainText|clientSecret)$/iu;

/** The value without what members named like secrets hold. */
export function withoutSecrets(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  const kept = Object.entries(value).filter(([key]) => !SECRET.test(key));
  // Built from entries, so that a member called `__proto__` stays a member.
  return Object.fromEntries(kept.map(([key, each]: [string, Json]) => [key, withoutSecrets(each)]));
}
