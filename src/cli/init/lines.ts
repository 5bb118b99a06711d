/** One line: `about` explains, `off` is a setting that is switched off. */
export interface Line {
  readonly kind: 'about' | 'on' | 'off';
  readonly indent: number;
  readonly text: string;
}

const WIDTH = 100;

/** The lines of an entry of a list. */
export function dashed(lines: readonly Line[]): Line[] {
  const first = lines.findIndex(({ kind }) => kind !== 'about');
  return lines.map((line, at) =>
    at === first
      ? { ...line, indent: line.indent - 2, text: `- ${line.text}` }
      : at < first
        ? { ...line, indent: line.indent - 2 }
        : line,
  );
}

/** Lines that explain, as wide as is read with ease. */
export function explain(about: string, indent: number): Line[] {
  const lines: string[] = [];
  for (const word of about.split(/\s+/u).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last === undefined || indent + last.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((text) => ({ kind: 'about', indent, text }));
}

/** A line of the file. */
export function lineText({ kind, indent, text }: Line): string {
  const mark = { about: '# ', off: '#', on: '' }[kind];
  return `${' '.repeat(indent)}${mark}${text}\n`;
}
