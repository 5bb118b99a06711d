import type { Comparison, Expression } from './expression.ts';
import { tokenise, type Token } from './tokenise.ts';

/** Conditions are at most 12 logical operators long (https://cloud.google.com/iam/docs/conditions-overview#limitations). */
const MAX_DEPTH = 64;

/**
 * Parses a condition expression (https://cloud.google.com/iam/docs/conditions-overview#structure); null where it is
 * longer than this understands or no CEL at all: then nobody knows whether it holds.
 */
export function parseCondition(text: string): Expression | null {
  const tokens = tokenise(text);
  if (tokens === null) return null;
  const parser = { tokens, at: 0, depth: 0 };
  const expression = parseOr(parser);
  return expression !== null && parser.at === tokens.length ? expression : null;
}

interface Parser {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const COMPARISONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'in'];

function parseOr(parser: Parser): Expression | null {
  return parseChain(parser, '||', 'or', parseAnd);
}

function parseAnd(parser: Parser): Expression | null {
  return parseChain(parser, '&&', 'and', parseComparison);
}

function parseChain(
  parser: Parser,
  sign: string,
  kind: 'and' | 'or',
  next: (parser: Parser) => Expression | null,
): Expression | null {
  let left = next(parser);
  while (left !== null && take(parser, sign)) {
    const right = next(parser);
    left = right === null ? null : { kind, left, right };
  }
  return left;
}

function parseComparison(parser: Parser): Expression | null {
  const left = parseUnary(parser);
  const token = parser.tokens[parser.at];
  if (left === null || token?.kind !== 'sign' || !COMPARISONS.includes(token.text)) return left;
  parser.at += 1;
  const right = parseUnary(parser);
  // The list above holds exactly the comparisons.
  return right === null ? null : { kind: 'compare', operator: token.text as Comparison, left, right };
}

function parseUnary(parser: Parser): Expression | null {
  if (take(parser, '!')) {
    if (++parser.depth > MAX_DEPTH) return null;
    const of = parseUnary(parser);
    return of === null ? null : { kind: 'not', of };
  }
  return parsePostfix(parser);
}

function parsePostfix(parser: Parser): Expression | null {
  let on = parsePrimary(parser);
  while (on !== null && take(parser, '.')) {
    const name = takeName(parser);
    if (name === null) return null;
    if (!take(parser, '(')) {
      on = { kind: 'member', on, name };
      continue;
    }
    const args = parseList(parser, ')');
    on = args === null ? null : { kind: 'call', on, name, args };
  }
  return on;
}

function parsePrimary(parser: Parser): Expression | null {
  const token = parser.tokens[parser.at];
  if (token === undefined || ++parser.depth > MAX_DEPTH * 8) return null;
  parser.at += 1;
  if (token.kind === 'literal') return { kind: 'literal', value: token.value };
  if (token.kind === 'name') {
    if (!take(parser, '(')) return { kind: 'name', name: token.text };
    const args = parseList(parser, ')');
    return args === null ? null : { kind: 'call', on: null, name: token.text, args };
  }
  if (token.text === '(') {
    const inner = parseOr(parser);
    return inner !== null && take(parser, ')') ? inner : null;
  }
  if (token.text === '[') {
    const items = parseList(parser, ']');
    return items === null ? null : { kind: 'list', items };
  }
  return null;
}

/** What stands before `end`, separated by commas. */
function parseList(parser: Parser, end: string): Expression[] | null {
  const items: Expression[] = [];
  if (take(parser, end)) return items;
  do {
    const item = parseOr(parser);
    if (item === null) return null;
    items.push(item);
  } while (take(parser, ','));
  return take(parser, end) ? items : null;
}

function take(parser: Parser, sign: string): boolean {
  const token = parser.tokens[parser.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  parser.at += 1;
  return true;
}

function takeName(parser: Parser): string | null {
  const token = parser.tokens[parser.at];
  if (token?.kind !== 'name') return null;
  parser.at += 1;
  return token.text;
}
