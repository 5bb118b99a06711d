import type { Progress, ProgressEvent } from '#scan/progress.ts';
import type { Io } from '../io.ts';
import { paintFor } from './colour.ts';
import { sanitise } from './sanitise.ts';

const PHASES: Readonly<Record<Extract<ProgressEvent, { kind: 'phase' }>['phase'], string>> = {
  find: 'Finding files',
  collect: 'Reading',
  derive: 'Working out access',
  audit: 'Running rules',
  publish: 'Publishing',
};

/** How often the line on a terminal is drawn again, in milliseconds. */
const REDRAW = 100;

/** Shows a scan's progress on stderr: one line that is redrawn on a terminal, plain lines elsewhere. */
export function showProgress(io: Io, colour: boolean): { progress: Progress; done: () => void } {
  return io.stderr.isTTY === true ? liveLine(io, colour) : plainLines(io);
}

function liveLine(io: Io, colour: boolean): { progress: Progress; done: () => void } {
  const paint = paintFor(io, 'stderr', colour);
  let phase = '';
  let drawnAt = 0;
  const rows = new Map<string, number>();
  const draw = (text: string) =>
    io.stderr.write(`\r\u001b[2K${text.slice(0, (io.stderr.columns ?? 80) - 1)}`);
  return {
    progress: (event) => {
      if (event.kind === 'phase') phase = PHASES[event.phase];
      if (event.kind === 'rows') rows.set(event.table, event.total);
      const now = io.now().getTime();
      if (event.kind !== 'phase' && now - drawnAt < REDRAW) return;
      drawnAt = now;
      draw(`${paint.cyan(phase)} ${detailOf(event, rows)}`);
    },
    done: () => draw(''),
  };
}

function plainLines(io: Io): { progress: Progress; done: () => void } {
  return {
    progress: (event) => {
      if (event.kind === 'phase') io.stderr.write(`${PHASES[event.phase]}\n`);
      if (event.kind === 'files')
        io.stderr.write(`  ${event.recognised} of ${event.total} files understood\n`);
      if (event.kind === 'target') io.stderr.write(`  ${event.system}: ${sanitise(event.name)}, live\n`);
      if (event.kind === 'system') io.stderr.write(`  ${event.system}: ${event.files} files\n`);
    },
    done: () => undefined,
  };
}

function detailOf(event: ProgressEvent, rows: ReadonlyMap<string, number>): string {
  switch (event.kind) {
    case 'phase':
      return '';
    case 'files':
      return `${event.recognised} of ${event.total} files understood`;
    case 'system':
      return `${event.system}: ${event.files} files`;
    case 'target':
      return sanitise(`${event.system}: ${event.name}`);
    case 'reading':
      return sanitise(`${event.system}: ${event.what}`);
    case 'rows':
      return [...rows].map(([table, total]) => `${total} ${table}`).join(', ');
    case 'rule':
      return `${event.done} of ${event.of}: ${sanitise(event.rule)}`;
  }
}
