import { hash } from 'node:crypto';

/**
 * The first 64 bits of SHA-256 over a row's fields in canonical JSON: rows with the same content have the same hash
 * on every machine, whatever the order of keys.
 */
export function contentHash(row: object): bigint {
  return BigInt(`0x${hash('sha256', canonicalJson(row), 'hex').slice(0, 16)}`);
}

/** JSON with every object's keys sorted. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
