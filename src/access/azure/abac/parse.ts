/** A role assignment condition (ABAC), as far as it decides by the action alone. */
export type AbacExpression =
  | { readonly kind: 'action'; readonly pattern: string }
  | { readonly kind: 'not'; readonly of: AbacExpression }
  | { readonly kind: 'and' | 'or'; readonly left: AbacExpression; readonly right: AbacExpression }
  /** A test of attributes, a sub-operation, or what is not understood: only a request settles it. */
  | { readonly kind: 'open' };

interface Parser {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
}

const MAX_LENGTH = 20_000;
const MAX_DEPTH = 200;
const TOKEN =
  /\s+|ActionMatches\s*\{\s*'[^'}]*'\s*\}|SubOperationMatches\s*\{\s*'[^'}]*'\s*\}|\{[^}]*\}|'(?:[^'])*'|&&|\|\||[()!]|[^\s(){}!'&|]+|[&|]/giuy;

/**
 * Parses a condition (https://learn.microsoft.com/azure/role-based-access-control/conditions-format). Never throws:
 * what is not understood is open.
 */
export function parseAbac(text: string): AbacExpression {
  if (text.length > MAX_LENGTH) return { kind: 'open' };
  const tokens = text.match(TOKEN)?.filter((token) => token.trim() !== '') ?? [];
  const parser = { tokens, at: 0, depth: 0 };
  const expression = parseOr(parser);
  return expression !== null && parser.at === tokens.length ? expression : { kind: 'open' };
}

function parseOr(parser: Parser): AbacExpression | null {
  return chain(parser, ['OR', '||'], 'or', parseAnd);
}

function parseAnd(parser: Parser): AbacExpression | null {
  return chain(parser, ['AND', '&&'], 'and', parseUnary);
}

function chain(
  parser: Parser,
  signs: readonly string[],
  kind: 'and' | 'or',
  next: (parser: Parser) => AbacExpression | null,
): AbacExpression | null {
  let left = next(parser);
  while (left !== null && isSign(parser, signs)) {
    parser.at += 1;
    const right = next(parser);
    left = right === null ? null : { kind, left, right };
  }
  return left;
}

function parseUnary(parser: Parser): AbacExpression | null {
  if (++parser.depth > MAX_DEPTH) return null;
  if (isSign(parser, ['!', 'NOT'])) {
    parser.at += 1;
    const of = parseUnary(parser);
    return of === null ? null : { kind: 'not', of };
  }
  const token = parser.tokens[parser.at];
  if (token === undefined) return null;
  if (token === '(') {
    parser.at += 1;
    const inner = parseOr(parser);
    if (inner === null || parser.tokens[parser.at] !== ')') return null;
    parser.at += 1;
    return inner;
  }
  const action = /^ActionMatches\s*\{\s*'([^']*)'/iu.exec(token)?.[1];
  if (action !== undefined) {
    parser.at += 1;
    return { kind: 'action', pattern: action };
  }
  return skipTest(parser);
}

/** A test of attributes is everything up to what joins it to the next. */
function skipTest(parser: Parser): AbacExpression | null {
  const start = parser.at;
  while (parser.at < parser.tokens.length && !isSign(parser, ['AND', 'OR', '&&', '||', ')', '(']))
    parser.at += 1;
  return parser.at === start ? null : { kind: 'open' };
}

function isSign(parser: Parser, signs: readonly string[]): boolean {
  const token = parser.tokens[parser.at]?.toUpperCase();
  return token !== undefined && signs.includes(token);
}
