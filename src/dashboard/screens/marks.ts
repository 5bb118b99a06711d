import type { Coverage } from '#model/scope.ts';
import type { Severity } from '#model/finding.ts';
import type { Tone } from '../screen.ts';

/** The marks that screens draw with: each has a form in ASCII, and none stands without a word. */
export interface Marks {
  readonly severity: Readonly<Record<Severity, string>>;
  readonly coverage: Readonly<Record<Coverage['status'], string>>;
  /** Before the next hop of a path. */
  readonly corner: string;
  readonly arrow: string;
  readonly bullet: string;
  readonly dash: string;
  readonly ellipsis: string;
  readonly bar: string;
  /** From lowest to highest. */
  readonly spark: readonly string[];
  /** Where a series has no value. */
  readonly gap: string;
}

const UNICODE: Marks = {
  severity: { critical: '◆', high: '▲', medium: '■', low: '●', info: '○' },
  coverage: { complete: '✓', partial: '◐', denied: '⊘', failed: '✗', skipped: '–' },
  corner: '└─ ',
  arrow: '→',
  bullet: '·',
  dash: '–',
  ellipsis: '…',
  bar: '█',
  spark: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  gap: '·',
};

const ASCII: Marks = {
  severity: { critical: 'C', high: 'H', medium: 'M', low: 'L', info: 'I' },
  coverage: { complete: '+', partial: '~', denied: '!', failed: 'x', skipped: '-' },
  corner: '`- ',
  arrow: '->',
  bullet: '-',
  dash: '-',
  ellipsis: '...',
  bar: '#',
  spark: ['_', '.', '-', '~', '=', '+', '*', '#'],
  gap: ' ',
};

/** Marks of all characters, or of ASCII alone. */
export function marksFor(ascii: boolean): Marks {
  return ascii ? ASCII : UNICODE;
}

const TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warning',
  low: 'notice',
  info: 'muted',
};

/** How a severity is toned; what is not known is never as loud as what is. */
export function severityTone(severity: string, status: string): Tone {
  return status === 'unknown' ? 'muted' : (TONES[severity as Severity] ?? 'plain'); // any other text is plain
}

/** `◆ critical`, or `? critical` where the rule could not decide. */
export function severityText(severity: Severity, status: string, marks: Marks): string {
  return `${status === 'unknown' ? '?' : marks.severity[severity]} ${severity}`;
}
