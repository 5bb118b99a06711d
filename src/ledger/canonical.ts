import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from '#model/system.ts';

/** A JSON value as its one text by RFC 8785: the same value has the same bytes everywhere. Throws on NaN and Infinity. */
export function canonicalText(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** SHA-256 of a value's canonical text, in hexadecimal. */
export function canonicalDigest(value: Json): string {
  return sha256(canonicalText(value));
}

/** SHA-256 of text or bytes, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
