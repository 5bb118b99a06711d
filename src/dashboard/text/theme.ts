import type { Tone } from '../screen.ts';

/** How to colour: for a dark or a light background, or not at all. */
export type ThemeName = 'dark' | 'light' | 'none';

/** How a run of text looks: its tone, and whether the cursor is on it. */
export interface Look {
  readonly tone?: Tone;
  readonly selected?: boolean;
}

const CSI = '\u001b[';

/** Sixteen colours on dark, where every terminal's palette reads well; on light, darker ones of the 256. */
const CODES: Readonly<Record<Exclude<ThemeName, 'none'>, Readonly<Record<Tone, string>>>> = {
  dark: {
    plain: '',
    muted: '2',
    strong: '1',
    good: '32',
    notice: '36',
    warning: '33',
    bad: '1;31',
    link: '4',
  },
  light: {
    plain: '',
    muted: '38;5;240',
    strong: '1',
    good: '38;5;28',
    notice: '38;5;25',
    warning: '38;5;130',
    bad: '1;38;5;124',
    link: '4',
  },
};

/** Text in a look. What is selected is inverted whole: a colour on an inverted line may not be readable. */
export function paint(theme: ThemeName, text: string, { tone = 'plain', selected = false }: Look): string {
  if (theme === 'none' || text === '') return text;
  const code = selected ? '7' : CODES[theme][tone];
  return code === '' ? text : `${CSI}${code}m${text}${CSI}0m`;
}
