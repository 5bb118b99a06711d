import { EventEmitter } from 'node:events';
import type { Area } from '../panes/pane.ts';

/**
 * What Ink takes for its terminal. Ink's own writer clears the whole terminal for a frame as high as it and after
 * every resize; so Ink is asked for whole frames, and they are drawn here.
 */
export function inkStdout(size: () => Area, draw: (frame: string) => void): NodeJS.WriteStream {
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    write(frame: string): boolean {
      draw(frame);
      return true;
    },
  });
  Object.defineProperties(stream, {
    columns: { get: () => size().columns },
    rows: { get: () => size().rows },
  });
  // Ink uses nothing else of a stream than what is here.
  return stream as unknown as NodeJS.WriteStream;
}
