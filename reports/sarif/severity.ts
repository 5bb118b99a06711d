import type { Severity } from '#model/finding.ts';

/** SARIF's three levels. */
export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/**
 * A score in the middle of the range that GitHub shows as the severity: above 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9
 * medium, 0.1 to 3.9 low.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.1',
};
