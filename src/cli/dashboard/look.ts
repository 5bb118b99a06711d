import type { ThemeName } from '#dashboard/text/theme.ts';
import type { DashboardOptions } from '../commands/dashboard.ts';
import type { Io } from '../io.ts';
import { colourAllowed } from '../terminal/colour.ts';

/** The colours that the options and the environment ask for. */
export function themeFor(options: DashboardOptions, io: Io): ThemeName {
  if (!options.color || !colourAllowed(io, 'stdout')) return 'none';
  return options.theme ?? (lightBackground(io.env['COLORFGBG']) ? 'light' : 'dark');
}

/** Whether to draw with ASCII alone: where it is asked for, and where the locale is the bare one. */
export function asciiFor(options: DashboardOptions, { env }: Io): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (each) => each !== undefined && each !== '',
  );
  return options.ascii === true || locale === 'C' || locale === 'POSIX';
}

/** Whether lines are printed for a screen reader. */
export function screenReaderFor(options: DashboardOptions, { env }: Io): boolean {
  return options.screenReader === true || env['INK_SCREEN_READER'] === 'true';
}

/** Terminals that set COLORFGBG name the background last, by its number among the sixteen colours. */
function lightBackground(colours: string | undefined): boolean {
  const background = colours?.split(';').at(-1);
  return background === '7' || background === '15';
}
