import { createHash } from 'node:crypto';

/**
 * Everything that looks random is a function of a name: an object keeps its ids and dates when others come or go,
 * so that a change of the generator shows as the same change of the files and no more.
 */
const SEED = 'acme-1';

/** A whole number from 0 to `below` - 1, the same for the same key. */
export function pick(key: string, below: number): number {
  return digest(key).readUInt32BE(0) % below;
}

/** `length` characters of `alphabet` (at most 32), the same for the same key. */
export function characters(key: string, alphabet: string, length: number): string {
  return [...digest(key).subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** An identifier as IAM makes them: a prefix (`AROA`, `AIDA`, `ANPA`, …) and 17 characters. */
export function awsId(prefix: string, key: string): string {
  return prefix + characters(`${prefix} ${key}`, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 17);
}

/** A version 4 UUID in form. */
export function uuid(key: string): string {
  const hex = digest(`uuid ${key}`).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The letters and digits that Kubernetes uses in generated names. */
export function podSuffix(key: string, length: number): string {
  return characters(`suffix ${key}`, 'bcdfghjklmnpqrstvwxz2456789', length);
}

function digest(key: string): Buffer {
  return createHash('sha256').update(`${SEED} ${key}`).digest();
}
