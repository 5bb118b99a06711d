const CSI = '\u001b[';

/** To the alternate screen: cursor hidden, lines not wrapped, so that no width that a terminal sees otherwise pushes. */
export const ENTER = `${CSI}?1049h${CSI}?25l${CSI}?7l${CSI}2J`;

/** Back to where the user was, as it was. */
export const LEAVE = `${CSI}0m${CSI}?7h${CSI}?25h${CSI}?1049l`;

/** What fits into one OSC 52 sequence in the terminals that limit it, in base64. */
const CLIPBOARD_BYTES = 74_000;

/** Puts text into the clipboard of the user's terminal, also over ssh; null where it is too long. */
export function clipboard(text: string): string | null {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  return encoded.length > CLIPBOARD_BYTES ? null : `\u001b]52;c;${encoded}\u0007`;
}
