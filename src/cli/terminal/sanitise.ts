import { visible } from '#reports/inert-text.ts';

/**
 * Text that is safe to show on a terminal: names from clouds cannot move the cursor, colour the screen or turn the
 * direction of text. Line breaks and tabs become spaces, other such characters are spelt out.
 */
export function sanitise(text: string): string {
  return visible(text.replace(/[\t\r\n]+/gu, ' '));
}
