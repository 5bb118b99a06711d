/** A wildcard: `many` is any run of characters, `one` any single one; `inSegment` ones do not cross a colon. */
export interface Wildcard {
  readonly wild: 'many' | 'one';
  readonly inSegment: boolean;
}

/** A policy variable: a condition key in lower case and what stands for it where the request does not have it. */
export interface Variable {
  readonly key: string;
  readonly fallback: string | null;
}

/** A text with wildcards and variables in it, taken apart. */
export type Pattern = readonly (string | Wildcard | Variable)[];

/** How a text of a policy is to be read. */
export interface PatternSyntax {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** Whether `${…}` is a variable; it is text in policies older than 2012-10-17. */
  readonly variables: boolean;
}

export const EVERYTHING: Wildcard = { wild: 'many', inSegment: false };
const ONE: Wildcard = { wild: 'one', inSegment: false };

/** Reads a text as a pattern. A `${` that does not end is text. */
export function parsePattern(text: string, { wildcards, variables }: PatternSyntax): Pattern {
  const parts: (string | Wildcard | Variable)[] = [];
  let plain = '';
  const push = (part: Wildcard | Variable): void => {
    if (plain !== '') parts.push(plain);
    plain = '';
    if (part !== EVERYTHING || parts.at(-1) !== EVERYTHING) parts.push(part);
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const end = variables && text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    if (end >= 0) {
      const inside = text.slice(at + 2, end);
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
      if (inside === '*' || inside === '?' || inside === '$') plain += inside;
      else push(parseVariable(inside));
      at = end;
    } else if (wildcards && character === '*') push(EVERYTHING);
    else if (wildcards && character === '?') push(ONE);
    else plain += character;
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** Whether the pattern fits every text there is. */
export function fitsEverything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === EVERYTHING;
}

export function hasVariables(pattern: Pattern): boolean {
  return pattern.some((part) => typeof part === 'object' && 'key' in part);
}

/** Whether the text fits the pattern as a whole. A variable that is still in the pattern fits nothing. */
export function fits(pattern: Pattern, text: string): boolean {
  const [first, second] = pattern;
  if (typeof first === 'string') {
    if (!text.startsWith(first)) return false;
    if (pattern.length === 1) return text.length === first.length;
    if (pattern.length === 2 && second === EVERYTHING) return true;
  } else if (fitsEverything(pattern)) return true;
  return fitsFrom(pattern, text);
}

/** Walks the pattern once, keeping every place in the text that it can have reached: no backtracking, no blow-up. */
function fitsFrom(pattern: Pattern, text: string): boolean {
  let reached: number[] = [0];
  for (const part of pattern) {
    if (typeof part === 'string') {
      reached = reached.filter((at) => text.startsWith(part, at)).map((at) => at + part.length);
    } else if ('key' in part) return false;
    else if (part.wild === 'one') {
      reached = reached
        .filter((at) => at < text.length && !(part.inSegment && text.charAt(at) === ':'))
        .map((at) => at + 1);
    } else reached = spread(reached, text, part.inSegment);
    if (reached.length === 0) return false;
  }
  return reached.at(-1) === text.length;
}

/** Every place from the reached ones on: to the end, or to the next colon. Places ascend. */
function spread(reached: readonly number[], text: string, inSegment: boolean): number[] {
  const places: number[] = [];
  for (const start of reached) {
    let at = Math.max(start, (places.at(-1) ?? -1) + 1);
    // What lies before was added for an earlier start, up to the colon that stopped that one.
    if (at > start && inSegment && text.slice(start, at).includes(':')) continue;
    for (; at <= text.length; at += 1) {
      places.push(at);
      if (inSegment && text.charAt(at) === ':') break;
    }
  }
  return places;
}

/** `aws:username` or `aws:username, 'default'`. */
function parseVariable(inside: string): Variable {
  const comma = inside.indexOf(',');
  if (comma < 0) return { key: inside.trim().toLowerCase(), fallback: null };
  const quoted = inside.slice(comma + 1).trim();
  const fallback = /^'(.*)'$/su.exec(quoted)?.[1] ?? null;
  return { key: inside.slice(0, comma).trim().toLowerCase(), fallback };
}
