/**
 * JSON with the keys of every object sorted: the same value has the same text. Halves of surrogate pairs, with which
 * DuckDB refuses to read a JSON text, become U+FFFD as they do in all other texts.
 */
export function canonicalJson(value: unknown): string {
  // Sorting a copy and leaving the text to the engine is faster than writing the text here.
  const text = JSON.stringify(sortedCopy(value));
  if (!text.includes('\\ud')) return text;
  return text.replaceAll(/\\(?:u(d[89a-f][\da-f]{2})|.)/gu, (escape, half) =>
    half === undefined ? escape : '\uFFFD',
  );
}

function sortedCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortedCopy);
  const members = value as Readonly<Record<string, unknown>>; // JSON reads every key of its own
  const copy: Record<string, unknown> = {};
  for (const key of sorted(Object.keys(value))) {
    if (key === '__proto__') defineMember(copy, key, sortedCopy(members[key]));
    else copy[key] = sortedCopy(members[key]);
  }
  return copy;
}

/** Assigned, a member of this name would become the prototype. */
function defineMember(target: object, key: '__proto__', value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true });
}

/** Sorts in place. For the few keys that objects have, insertion beats the engine's sort, which pays for being general. */
function sorted(keys: string[]): string[] {
  if (keys.length > 20) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    let place = index;
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place] = before;
      place -= 1;
    }
    keys[place] = key;
  }
  return keys;
}
