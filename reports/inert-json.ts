import { canonicalJson } from './order.ts';

/**
 * JSON with keys in order in which characters that cannot be seen are escapes: they stand only inside strings, where an
 * escape means the same and cannot deceive a reader.
 */
export function inertJson(value: unknown, indent?: number): string {
  return canonicalJson(value, indent).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
