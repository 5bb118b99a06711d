/** A report's text, whether it comes whole or piece by piece. */
export function textOf(rendered: string | Iterable<string>): string {
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}
