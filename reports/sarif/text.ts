import { clip, visible } from '../inert-text.ts';

/** A SARIF message. */
export interface Message {
  readonly text: string;
}

/**
 * One line of text as a message: nothing in it is a placeholder or an embedded link, which plain text can hold too.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317459
 */
export function message(text: string): Message {
  return { text: inert(clip(visible(text), 1_000)) };
}

/** Text of several lines, as rules explain themselves. */
export function longMessage(text: string): Message {
  return {
    text: text
      .trim()
      .split('\n')
      .map((line) => inert(visible(line)))
      .join('\n'),
  };
}

function inert(text: string): string {
  return text.replaceAll('](', '] (').replace(/[{}]/gu, '$&$&');
}
