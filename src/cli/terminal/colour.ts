import type { Io } from '../io.ts';

/** Paints text, or leaves it as it is where colour is off. Colour never carries meaning alone. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly magenta: (text: string) => string;
}

/** Colour for a stream: on a terminal, unless NO_COLOR or `--no-color` say otherwise; FORCE_COLOR turns it on. */
export function paintFor(io: Io, stream: 'stdout' | 'stderr', wanted = true): Paint {
  return makePaint(wanted && colourAllowed(io, stream));
}

/** Whether a stream may be coloured, as far as the environment says. */
export function colourAllowed(io: Io, stream: 'stdout' | 'stderr'): boolean {
  // https://no-color.org: set and not empty turns colour off, whatever the value.
  if (io.env['NO_COLOR'] !== undefined && io.env['NO_COLOR'] !== '') return false;
  if (io.env['FORCE_COLOR'] !== undefined && io.env['FORCE_COLOR'] !== '0') return true;
  return io[stream].isTTY === true && io.env['TERM'] !== 'dumb';
}

function makePaint(on: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    on ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    yellow: style(33, 39),
    green: style(32, 39),
    cyan: style(36, 39),
    magenta: style(35, 39),
  };
}
