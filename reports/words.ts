import type { Severity } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import type { System } from '#model/system.ts';

/** A shape and a word, so that colour is never the only signal. */
export interface Mark {
  readonly glyph: string;
  readonly word: string;
}

/** How reports mark a severity. */
export const SEVERITY_MARKS: Readonly<Record<Severity, Mark>> = {
  critical: { glyph: '◆', word: 'Critical' },
  high: { glyph: '▲', word: 'High' },
  medium: { glyph: '■', word: 'Medium' },
  low: { glyph: '●', word: 'Low' },
  info: { glyph: '○', word: 'Info' },
};

/** How reports mark what a rule could not decide. */
export const UNKNOWN_MARK: Mark = { glyph: '?', word: 'Unknown' };

/** How reports mark how a feed was read. */
export const COVERAGE_MARKS: Readonly<Record<Coverage['status'], Mark>> = {
  complete: { glyph: '✓', word: 'Complete' },
  partial: { glyph: '◐', word: 'Partial' },
  denied: { glyph: '⊘', word: 'Denied' },
  failed: { glyph: '✗', word: 'Failed' },
  skipped: { glyph: '–', word: 'Not collected' },
};

/** What people call the systems. */
export const SYSTEM_TITLES: Readonly<Record<System, string>> = {
  aws: 'AWS',
  azure: 'Azure',
  gcp: 'Google Cloud',
  kubernetes: 'Kubernetes',
};

/** A system's name for people; null is what belongs to none. */
export function systemTitle(system: System | null): string {
  return system === null ? 'Unplaced' : SYSTEM_TITLES[system];
}

/** `1 gap`, `2 gaps`, `12,000 gaps`: a count with its noun, the plural being the noun with `s` unless given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** A whole number with commas between thousands, whatever the machine's locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
