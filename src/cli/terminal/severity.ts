import type { Severity } from '#model/finding.ts';
import type { Paint } from './colour.ts';

const LOOK: Readonly<Record<Severity, { glyph: string; colour: keyof Paint }>> = {
  critical: { glyph: '‼', colour: 'magenta' },
  high: { glyph: '!', colour: 'red' },
  medium: { glyph: '▲', colour: 'yellow' },
  low: { glyph: '▽', colour: 'cyan' },
  info: { glyph: '·', colour: 'dim' },
};

/** A severity as glyph and word: readable without colour. */
export function severityLabel(severity: Severity): string {
  return `${LOOK[severity].glyph} ${severity}`;
}

/** Text in a severity's colour. */
export function paintSeverity(text: string, severity: Severity, paint: Paint): string {
  return paint[LOOK[severity].colour](text);
}
