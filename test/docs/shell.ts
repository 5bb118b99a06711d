/** A call of nhi that an example shows. */
export interface Call {
  /** The words after `nhi`. */
  readonly words: readonly string[];
  /** The file that its output goes to; null: none. */
  readonly file: string | null;
  /** What the example shows that it prints; null: nothing is shown. */
  readonly shown: string | null;
}

/** The calls of nhi in a block: in lines behind `$ `, under which output is shown, or in every line where none has that. */
export function callsIn(text: string): Call[] {
  const lines = text.replaceAll(/\\\n\s*/gu, ' ').split('\n');
  if (!lines.some((line) => line.startsWith('$ '))) {
    return lines.flatMap((line) => callsOf(line, null));
  }
  const calls: Call[] = [];
  for (const [at, line] of lines.entries()) {
    if (!line.startsWith('$ ')) continue;
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((each) => each.startsWith('$ '));
    const shown = rest
      .slice(0, end < 0 ? undefined : end)
      .join('\n')
      .trim();
    calls.push(...callsOf(line.slice(2), shown === '' ? null : shown));
  }
  return calls;
}

function callsOf(line: string, shown: string | null): Call[] {
  return commandsIn(tokensOf(line)).flatMap((tokens) => {
    const start = tokens[0] === 'npx' ? 1 : 0;
    if (tokens[start] !== 'nhi') return [];
    const redirect = tokens.findIndex((token) => token === '>' || token === '>>');
    const end = redirect < 0 ? tokens.length : redirect;
    return [
      { words: tokens.slice(start + 1, end), file: redirect < 0 ? null : (tokens[end + 1] ?? null), shown },
    ];
  });
}

/** The words of a line as a shell takes them apart; operators are words of their own. A comment ends the line. */
function tokensOf(line: string): string[] {
  const tokens: string[] = [];
  for (const [token] of line.matchAll(
    /&&|\|\|?|;|>>?|<(?!\()|#.*$|(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"|;&<>#]|(?<=\S)#|<\()+/gu,
  )) {
    if (token.startsWith('#')) break;
    tokens.push(
      token.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"/gu, (_all, plain?: string, quoted?: string) =>
        plain === undefined ? (quoted ?? '').replaceAll(/\\(["\\$`])/gu, '$1') : plain,
      ),
    );
  }
  return tokens;
}

function commandsIn(tokens: readonly string[]): string[][] {
  const commands: string[][] = [[]];
  for (const token of tokens) {
    if (/^(?:&&|\|\|?|;)$/u.test(token)) commands.push([]);
    else commands.at(-1)?.push(token);
  }
  return commands;
}
