import type { KeyLookup } from './condition/key-value.ts';
import type { Pattern } from './pattern.ts';

/** A pattern with its variables filled in, or why that cannot be done. */
export type FilledPattern =
  | { readonly state: 'filled'; readonly pattern: Pattern }
  /** The request does not have the key, and the policy gives nothing to stand for it. */
  | { readonly state: 'missing'; readonly key: string }
  | { readonly state: 'open'; readonly key: string };

/**
 * Puts the request's values in the place of the pattern's variables. A value's own `*` is text, no wildcard.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillIn(pattern: Pattern, lookUp: KeyLookup): FilledPattern {
  const parts: Pattern[number][] = [];
  for (const part of pattern) {
    if (typeof part === 'string' || 'wild' in part) {
      parts.push(part);
      continue;
    }
    const value = lookUp(part.key);
    // A variable stands for one value: a key with several cannot be one.
    if (value.state !== 'values' || value.values.length > 1) return { state: 'open', key: part.key };
    const text = value.values[0] ?? part.fallback;
    if (text === null) return { state: 'missing', key: part.key };
    parts.push(text);
  }
  return { state: 'filled', pattern: parts };
}
