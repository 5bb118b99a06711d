import { ConfigError } from '#model/errors.ts';

/** One mistake in a rule file: where it is and what was expected. */
export interface RuleProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** `file:line: message`. */
export function problemText({ file, line, message }: RuleProblem): string {
  return `${file}:${line}: ${message}`;
}

/** The ConfigError for one or more problems: the first is the message, the others are the hint. */
export function rulesError(problems: readonly RuleProblem[]): ConfigError {
  const [first, ...others] = problems.map(problemText);
  return new ConfigError(first ?? 'the rules cannot be used', {
    hint:
      others.length === 0
        ? 'docs/writing-rules.md describes the format; `nhi rules check` checks a file.'
        : `Also: ${others.join(' · ')}`,
  });
}
