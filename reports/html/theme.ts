import type { Severity } from '#model/finding.ts';

type Token = Severity | 'unknown' | 'complete' | 'page' | 'surface' | 'line' | 'text' | 'muted' | 'accent';

/** The colours of the page. Every colour of words reaches a contrast of 4.5 on `page` and on `surface`. */
export const THEMES: Readonly<Record<'light' | 'dark', Readonly<Record<Token, string>>>> = {
  light: {
    page: '#ffffff',
    surface: '#f5f7f9',
    line: '#d8dee6',
    text: '#1a2027',
    muted: '#566270',
    accent: '#0b55b0',
    critical: '#a1122b',
    high: '#a84a00',
    medium: '#7a5d00',
    low: '#24629e',
    info: '#566270',
    unknown: '#6b3fa0',
    complete: '#1c6b41',
  },
  dark: {
    page: '#11161c',
    surface: '#19212a',
    line: '#323d49',
    text: '#e4e9ef',
    muted: '#a2aebb',
    accent: '#82b6ff',
    critical: '#ff8b97',
    high: '#ffa763',
    medium: '#e2c04f',
    low: '#86bbf5',
    info: '#a9b5c1',
    unknown: '#c8a8f6',
    complete: '#74d097',
  },
};

/** The declarations of one theme as custom properties. */
export function themeProperties(theme: keyof typeof THEMES): string {
  return Object.entries(THEMES[theme])
    .map(([token, colour]) => `--${token}:${colour};`)
    .join('');
}
