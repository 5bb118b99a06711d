// Control characters of C0 and C1, and the marks that turn the direction of text round: names from clouds must not
// move the cursor, colour the screen or disguise what they say.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that is safe to show on a terminal: unsafe characters are shown as `�`, line breaks and tabs as spaces. */
export function sanitise(text: string): string {
  return text.replace(/[\t\r\n]+/gu, ' ').replace(UNSAFE, '\ufffd');
}
