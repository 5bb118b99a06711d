/** Draws frames on a terminal. */
export interface FrameWriter {
  /** Draws a frame: the lines that differ from what is there. */
  readonly draw: (frame: string) => void;
  /** Forgets what is there, after the terminal was resized or lent to another program. */
  readonly reset: () => void;
}

const CSI = '\u001b[';
// https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036: terminals that do not know it ignore it.
const BEGIN = `${CSI}?2026h`;
const END = `${CSI}?2026l`;

/**
 * Draws on the alternate screen: each changed line at its own place, whole, in one write. Nothing is ever cleared but
 * by `reset`, and no line can push another.
 */
export function screenWriter(write: (text: string) => void): FrameWriter {
  let shown: readonly string[] | null = null;
  return {
    draw(frame) {
      const lines = frame.split('\n');
      const before = shown;
      const changed = lines.flatMap((line, index) =>
        before?.[index] === line ? [] : [`${CSI}${index + 1};1H${CSI}K${line}`],
      );
      if (changed.length > 0 || before === null) {
        write(`${BEGIN}${before === null ? `${CSI}2J` : ''}${changed.join('')}${END}`);
      }
      shown = lines;
    },
    reset() {
      shown = null;
    },
  };
}

/** Prints lines, for a screen reader: those of a frame that the one before did not have. */
export function lineWriter(write: (text: string) => void): FrameWriter {
  let shown: readonly string[] = [];
  return {
    draw(frame) {
      const lines = frame.split('\n').map((line) => line.trimEnd());
      const news = lines.filter((line) => line !== '' && !shown.includes(line));
      if (news.length > 0) write(`${news.join('\n')}\n`);
      shown = lines;
    },
    reset() {
      shown = [];
    },
  };
}
