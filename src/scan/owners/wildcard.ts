/** Whether a text fits a pattern in which `*` stands for any text and `?` for any one character; never slow. */
export function fitsWildcard(pattern: string, text: string): boolean {
  // Most patterns of a long list part from the text at once.
  for (let n = 0; n < pattern.length && pattern[n] !== '*'; n++) {
    if (n >= text.length || (pattern[n] !== '?' && pattern[n] !== text[n])) return false;
  }
  let at = 0;
  let patternAt = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const letter = pattern[patternAt];
    if (letter === '*') {
      star = patternAt;
      starAt = at;
      patternAt += 1;
    } else if (letter === '?' || letter === text[at]) {
      patternAt += 1;
      at += 1;
    } else if (star >= 0) {
      // The last star takes one character more; earlier ones need not be tried again.
      starAt += 1;
      at = starAt;
      patternAt = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/u.test(pattern.slice(patternAt));
}
