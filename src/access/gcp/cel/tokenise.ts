/** A piece of a CEL expression. */
export type Token =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const MAX_LENGTH = 20_000;
const SPACE_OR_COMMENT = /(?:\s+|\/\/[^\n]*)+/uy;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?u?/uy;
const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/uy;
const SIGN = /&&|\|\||==|!=|<=|>=|[!<>().,[\]]/uy;

/** Splits an expression into tokens, or null where something in it is none. */
export function tokenise(text: string): Token[] | null {
  if (text.length > MAX_LENGTH) return null;
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const space = match(SPACE_OR_COMMENT, text, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const found = nextToken(text, at);
    if (found === null) return null;
    tokens.push(found.token);
    at += found.length;
  }
  return tokens;
}

function nextToken(text: string, at: number): { token: Token; length: number } | null {
  const name = match(NAME, text, at);
  if (name !== null) return { token: wordToken(name), length: name.length };
  const number = match(NUMBER, text, at);
  if (number !== null)
    return { token: { kind: 'literal', value: Number.parseFloat(number) }, length: number.length };
  const quoted = match(TEXT, text, at);
  if (quoted !== null) return { token: { kind: 'literal', value: unquote(quoted) }, length: quoted.length };
  const sign = match(SIGN, text, at);
  return sign === null ? null : { token: { kind: 'sign', text: sign }, length: sign.length };
}

function wordToken(word: string): Token {
  switch (word) {
    case 'true':
      return { kind: 'literal', value: true };
    case 'false':
      return { kind: 'literal', value: false };
    case 'null':
      return { kind: 'literal', value: null };
    case 'in':
      return { kind: 'sign', text: 'in' };
    default:
      return { kind: 'name', text: word };
  }
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gu, (_, character: string) => {
    if (character === 'n') return '\n';
    return character === 't' ? '\t' : character;
  });
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
