import { THEMES, themeProperties } from './theme.ts';
import { FRAME } from './style/frame.ts';
import { SUMMARY } from './style/summary.ts';
import { TABLES } from './style/tables.ts';
import { DETAILS } from './style/details.ts';
import { CHARTS } from './style/charts.ts';
import { PRINT } from './style/print.ts';

const TONES = Object.keys(THEMES.light)
  .map(
    (token) =>
      `.tone-${token}{color:var(--${token})}.fill-${token},svg text.fill-${token}{fill:var(--${token})}.stroke-${token}{stroke:var(--${token})}`,
  )
  .join('');

/** The page's style. Dark where the reader's system is, light on paper. */
export const STYLE = [
  `:root{color-scheme:light dark;${themeProperties('light')}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${themeProperties('dark')}}}`,
  TONES,
  FRAME,
  SUMMARY,
  TABLES,
  DETAILS,
  CHARTS,
  PRINT,
].join('\n');
