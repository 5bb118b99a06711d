import { fits, fitsEverything, parsePattern, type Pattern } from './pattern.ts';

/** The actions that a statement names, or with `negated` those that it leaves out. */
export interface ActionPatterns {
  /** true: `NotAction`. */
  readonly negated: boolean;
  /** As written, without the space around. */
  readonly texts: readonly string[];
  /** The names without wildcards, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Those with wildcards, in lower case. */
  readonly patterns: readonly Pattern[];
}

/** Reads `Action` or `NotAction`. Actions are the same in any case. */
export function parseActions(written: readonly string[], negated: boolean): ActionPatterns {
  const texts = written.map((text) => text.trim());
  const lower = texts.map((text) => text.toLowerCase());
  return {
    negated,
    texts,
    names: new Set(lower.filter((text) => !/[*?]/u.test(text))),
    patterns: lower
      .filter((text) => /[*?]/u.test(text))
      .map((text) => parsePattern(text, { wildcards: true, variables: false })),
  };
}

/** Whether the statement is about the action, given in lower case. */
export function isAbout({ names, patterns, negated }: ActionPatterns, lowerAction: string): boolean {
  const named =
    names.has(lowerAction) ||
    patterns.some((pattern) => fitsEverything(pattern) || fits(pattern, lowerAction));
  return named !== negated;
}
