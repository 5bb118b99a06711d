/** What is known of a condition key's value in the request. Keys are given in lower case. */
export type KeyLookup = (lowerKey: string) => KeyValue;

export type KeyValue =
  /** The values; none: the request does not have the key. */
  | { readonly state: 'values'; readonly values: readonly string[] }
  /** One value that begins so and ends in something that the request settles. */
  | { readonly state: 'prefix'; readonly prefix: string }
  /** This one value, or none: only the request settles which. */
  | { readonly state: 'optional'; readonly value: string }
  /** Only the request settles it. */
  | { readonly state: 'open' };

export const OPEN = { state: 'open' } as const;
export const ABSENT = { state: 'values', values: [] } as const;

/** The key has this one value. */
export function value(text: string): Extract<KeyValue, { readonly state: 'values' }> {
  return { state: 'values', values: [text] };
}

/** The tag's value; its key is the same in any case. */
export function tagValue(tags: Readonly<Record<string, string>>, lowerTag: string): KeyValue {
  const tag = Object.entries(tags).find(([key]) => key.toLowerCase() === lowerTag);
  return tag === undefined ? ABSENT : value(tag[1]);
}
