import type { ControlResult, ControlStatus, FrameworkResult } from '#contract/framework.ts';
import { counted, UNKNOWN_MARK } from './words.ts';
import type { Mark } from './words.ts';

/** How reports mark a control. */
export const CONTROL_MARKS: Readonly<Record<ControlStatus, Mark>> = {
  fail: { glyph: '✗', word: 'Fail' },
  unknown: UNKNOWN_MARK,
  'not-measured': { glyph: '–', word: 'Not measured' },
  pass: { glyph: '✓', word: 'Pass' },
};

/** What a reader must know before reading the controls. */
export const FRAMEWORK_NOTE =
  'A control passes where its rules judged something and found no failure; rules see a part of what a control asks, so a pass is no attestation. “Not measured” is no pass.';

/** `3 of 10 controls fail, 1 is unknown, 4 are not measured.` */
export function frameworkText({ controls }: FrameworkResult): string {
  const count = (status: ControlStatus): number =>
    controls.filter((control) => control.status === status).length;
  const [unknown, unmeasured] = [count('unknown'), count('not-measured')];
  return [
    `${count('fail')} of ${counted(controls.length, 'control')} fail, ${count('pass')} pass`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(unmeasured > 0 ? [`${unmeasured} not measured`] : []),
  ]
    .join(', ')
    .concat('.');
}

/** Why a control is not measured, or how many of its rules had nothing to judge; null: all of them had. */
export function unmeasuredText({ rules }: ControlResult): string | null {
  if (rules.length === 0) return 'no rule speaks to it';
  const idle = rules.filter((rule) => rule.status === 'not-measured').length;
  if (idle === 0) return null;
  return `${idle} of ${counted(rules.length, 'rule')} had nothing to judge`;
}
