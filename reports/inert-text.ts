/**
 * The text with every control, format (bidi override, zero width) and line-separating character and lone surrogate
 * spelt out (`⟨U+202E⟩`), so that what is shown is what is there. Also runs in the HTML page: it refers to nothing
 * outside itself.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/**
 * At most about `length` characters: the beginning and the end, which often tells names apart, with `…` between.
 * Also runs in the HTML page.
 */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor(length / 4);
  const start = text.slice(0, length - tail - 1).replace(/\p{Cs}$/u, '');
  const end = tail === 0 ? '' : text.slice(-tail).replace(/^\p{Cs}/u, '');
  return `${start}…${end}`;
}

/** `2026-09-01 12:00 UTC` from an instant; any other text as it is. Also runs in the HTML page. */
export function readableInstant(instant: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/.exec(instant);
  return parts === null ? instant : `${parts[1]} ${parts[2]} UTC`;
}

/** Text as a part of an address within the page; unlike `encodeURIComponent` it takes any text. Also runs there. */
export function addressPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}
