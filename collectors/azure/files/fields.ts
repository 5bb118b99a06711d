import type { Instant, Json } from '#model/system.ts';

/** An object as a provider gave it. */
export type Fields = { readonly [key: string]: Json };

/** The value as an object; null: it is none. */
export function objectOf(value: unknown): Fields | null {
  // Values come from JSON text alone, so an object's members are JSON.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A member that is a text with something in it; null: it is none. */
export function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The objects in a member that is a list; what is no object is passed over. */
export function listOf(fields: Fields, name: string): readonly Fields[] {
  const value: unknown = fields[name];
  return Array.isArray(value) ? value.map(objectOf).filter((each) => each !== null) : [];
}

/** An ISO 8601 time; null: absent, not one, or beyond what a column takes. */
export function instantOf(fields: Fields, name: string): Instant | null {
  const value = textOf(fields, name);
  if (value === null || !/^\d{4}-\d{2}-\d{2}T/u.test(value)) return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) || !/^\d{4}-/u.test(date.toISOString()) ? null : date.toISOString();
}

/** What Resource Manager nests below `properties` and `az` prints flat, as one object. */
export function flattened(fields: Fields): Fields {
  return { ...fields, ...objectOf(fields['properties']) };
}
