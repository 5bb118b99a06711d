import { EVERYTHING, parsePattern, type Pattern, type Wildcard } from './pattern.ts';

/**
 * Reads an element of `Resource` or `NotResource`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: wildcards stand within
 * the segments of an ARN, one that ends a segment may run over the colon, and an ARN with fields missing is completed
 * with `*`. Variables count only after the fifth colon.
 */
export function parseResourcePattern(text: string, variables: boolean): Pattern {
  const whole = { wildcards: true, variables };
  if (!text.startsWith('arn:')) return parsePattern(text, whole);
  const completed = text + ':*'.repeat(Math.max(0, 5 - (text.split(':').length - 1)));
  const tail = fifthColon(completed) + 1;
  const head = parsePattern(completed.slice(0, tail), { wildcards: true, variables: false });
  return merge([...head.map(withinSegment), ...parsePattern(completed.slice(tail), whole)]);
}

/** A wildcard that does not end its segment stays within it. */
function withinSegment(part: Pattern[number], index: number, head: Pattern): Pattern[number] {
  if (typeof part === 'string' || 'key' in part) return part;
  const next = head[index + 1];
  const endsSegment = typeof next === 'string' && next.startsWith(':');
  return endsSegment && part.wild === 'many' ? part : { ...part, inSegment: true };
}

function fifthColon(text: string): number {
  let at = -1;
  for (let seen = 0; seen < 5; seen += 1) at = text.indexOf(':', at + 1);
  return at;
}

/** Joins texts that stand side by side, and drops a second `*` after a first. */
function merge(parts: Pattern): Pattern {
  const merged: (string | Wildcard | Pattern[number])[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== EVERYTHING || last !== EVERYTHING) merged.push(part);
  }
  return merged;
}
