const LONGEST = 60;

/** The text in quotation marks and on one line, cut where it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** The first few of the texts, joined by `or`, and how many more there are. */
export function someOf(texts: readonly string[]): string {
  const rest = texts.length > 3 ? ` or ${texts.length - 3} more` : '';
  return `${texts.slice(0, 3).join(' or ')}${rest}`;
}
