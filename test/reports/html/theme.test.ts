import { describe, expect, it } from 'vitest';
import { THEMES } from '#reports/html/theme.ts';

const WORDS = Object.keys(THEMES.light).filter((token) => !['page', 'surface', 'line'].includes(token));
const CASES = (['light', 'dark'] as const).flatMap((theme) =>
  WORDS.flatMap((token) => (['page', 'surface'] as const).map((ground) => ({ theme, token, ground }))),
);

describe('the colours of the page', () => {
  it.each(CASES)('let $token be read on the $ground of the $theme theme', ({ theme, token, ground }) => {
    const colours: Readonly<Record<string, string>> = THEMES[theme];
    expect(contrast(colours[token] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
