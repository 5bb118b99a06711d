import { ConfigError } from '#model/errors.ts';
import type { Codeowners } from '#model/ownership.ts';

/** GitHub ignores files above 3 MB: https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
const MAX_LENGTH = 3_000_000;

/** `@user`, `@organisation/team` or an address. */
const OWNER = /^(?:@[\w.-]+(?:\/[\w.-]+)?|[^@\s]+@[^@\s]+)$/u;

/**
 * Parses a CODEOWNERS file as GitHub documents it. Throws ConfigError that names file and line; GitHub itself passes
 * over lines with mistakes.
 */
export function parseCodeowners(text: string, file: string): Codeowners['rules'] {
  if (text.length > MAX_LENGTH) {
    throw new ConfigError(`${file}: larger than the 3 MB that GitHub reads`, {
      hint: 'Split or shorten it.',
    });
  }
  return text.split(/\r?\n/u).flatMap((written, at) => {
    const words = written.replace(/(?:^|\s)#.*$/u, '').trim();
    if (words === '') return [];
    const [pattern = '', ...owners] = words.split(/(?<!\\)\s+/u);
    const wrong = mistakeIn(pattern, owners);
    if (wrong !== null) {
      throw new ConfigError(`${file}:${at + 1}: ${wrong}`, { hint: 'docs/owners.md says what is read.' });
    }
    return [{ pattern: pattern.replaceAll('\\ ', ' '), owners }];
  });
}

function mistakeIn(pattern: string, owners: readonly string[]): string | null {
  if (pattern.startsWith('!')) return 'a pattern cannot be negated with ! here';
  if (pattern.startsWith('\\#') || /[[\]]/u.test(pattern)) {
    return 'a pattern can hold neither \\# nor ranges of characters [ ] here';
  }
  const stranger = owners.find((owner) => !OWNER.test(owner));
  return stranger === undefined ? null : `${stranger}: expected @user, @organisation/team or an address`;
}
