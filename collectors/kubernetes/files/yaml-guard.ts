import { CST, Lexer } from 'yaml';

/** More than any one object of Kubernetes holds: a parser spends about 10 µs on each. */
const MAX_TOKENS = 150_000;
const MAX_ALIASES = 100;

/**
 * Says why a YAML text is not worth parsing, or null. The lexer is linear; the parser is not, for texts that no tool
 * writes: keys that are collections cost it more than the square of their depth, aliases a search each, and errors much
 * more than what is right.
 */
export function refusalOf(text: string): string | null {
  let tokens = 0;
  let aliases = 0;
  let flowDepth = 0;
  let last: TokenType = null;
  let isScalar = false;
  for (const source of new Lexer().lex(text)) {
    if (++tokens > MAX_TOKENS) return `more than ${MAX_TOKENS} tokens`;
    // A scalar is a mark and then its text, which may look like anything.
    const type: TokenType = isScalar ? 'scalar' : CST.tokenType(source);
    isScalar = type === 'scalar' && !isScalar;
    if (type === 'space' || type === 'newline' || type === 'comment') continue;
    if (type === 'alias' && ++aliases > MAX_ALIASES) return `more than ${MAX_ALIASES} aliases`;
    if (isStart(type)) flowDepth++;
    else if (isEnd(type) && --flowDepth < 0) return 'a bracket that closes nothing';
    if (type === 'comma' && (last === 'comma' || isStart(last))) return 'a comma after nothing';
    if (isCollectionAsKey(last, type, flowDepth)) return 'a mapping key that is not a plain value';
    last = type;
  }
  return null;
}

type TokenType = ReturnType<typeof CST.tokenType>;

function isStart(type: TokenType): boolean {
  return type === 'flow-map-start' || type === 'flow-seq-start';
}

function isEnd(type: TokenType): boolean {
  return type === 'flow-map-end' || type === 'flow-seq-end';
}

/** Keys are text in Kubernetes; kubectl writes `? ` before a long one, and before nothing but a scalar. */
function isCollectionAsKey(last: TokenType, type: TokenType, flowDepth: number): boolean {
  if (type === 'explicit-key-ind' && flowDepth > 0) return true;
  if (type === 'map-value-ind') return isEnd(last);
  return last === 'explicit-key-ind' && type?.endsWith('scalar') === false;
}
