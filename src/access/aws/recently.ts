/**
 * Remembers what was made for the keys asked for last, at least `size` of them and at most twice as many, so that what
 * many share is made once and what only one has does not pile up.
 */
export function recently<K, V extends object>(size: number, make: (key: K) => V): (key: K) => V {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  return (key) => {
    const before = young.get(key);
    if (before !== undefined) return before;
    const value = old.get(key) ?? make(key);
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
    return value;
  };
}
