/**
 * What evaluating a part of a policy yields. `open`: it depends on the request (a condition key or a resource that
 * was not given). `unknown`: something that decides was not collected or is not understood.
 */
export type Truth = 'yes' | 'no' | 'open' | 'unknown';

/** All must hold: `no` as soon as one does not, else the least sure of them. */
export function allOf(...parts: readonly Truth[]): Truth {
  if (parts.includes('no')) return 'no';
  return leastSure(parts) ?? 'yes';
}

/** One must hold: `yes` as soon as one does, else the least sure of them. */
export function anyOf(...parts: readonly Truth[]): Truth {
  if (parts.includes('yes')) return 'yes';
  return leastSure(parts) ?? 'no';
}

/** The opposite; what is not known stays so. */
export function not(part: Truth): Truth {
  if (part === 'yes') return 'no';
  return part === 'no' ? 'yes' : part;
}

/** `yes` or `no`. */
export function truthOf(holds: boolean): Truth {
  return holds ? 'yes' : 'no';
}

function leastSure(parts: readonly Truth[]): Truth | undefined {
  return parts.includes('unknown') ? 'unknown' : parts.includes('open') ? 'open' : undefined;
}
