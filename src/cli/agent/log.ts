import type { AgentEvent, AgentLog } from '#agent/events.ts';
import { note, type Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { sanitise } from '../terminal/sanitise.ts';

type Level = 'info' | 'warning' | 'error';

/** The log on stderr: a line of JSON for each event, or a line for people on a terminal. A reader that goes stops nothing. */
export function agentLog({ quiet }: Pick<CommonOptions, 'quiet'>, io: Io): AgentLog {
  io.stderr.on('error', () => undefined);
  return (event) => {
    const level = levelOf(event);
    if (quiet === true && level === 'info') return;
    const time = io.now().toISOString();
    const line =
      io.stderr.isTTY === true ? textOf(event, time, level) : JSON.stringify({ time, level, ...event });
    note(io, line).catch(() => undefined);
  };
}

function levelOf({ event }: AgentEvent): Level {
  switch (event) {
    case 'run-failed':
    case 'given-up':
    case 'problem':
      return 'error';
    case 'not-delivered':
    case 'runs-skipped':
    case 'clock-went-back':
    case 'set-aside':
      return 'warning';
    case 'waiting-for-lock':
    case 'started':
    case 'listening':
    case 'run-started':
    case 'run-finished':
    case 'report':
    case 'queued':
    case 'delivered':
    case 'pruned':
    case 'regrowth-checked':
    case 'stopped':
      return 'info';
  }
}

function textOf({ event, ...rest }: AgentEvent, time: string, level: Level): string {
  const words = Object.entries(rest).map(([name, value]) => `${name}=${wordOf(value)}`);
  const mark = level === 'info' ? '' : `${level}: `;
  return sanitise(`${time.slice(0, 19)}Z ${mark}${event.replaceAll('-', ' ')}  ${words.join(' ')}`);
}

function wordOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /\s/u.test(text) && typeof value === 'string' ? JSON.stringify(text) : text;
}
