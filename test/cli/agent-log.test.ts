import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '#agent/events.ts';
import { agentLog } from '#cli/agent/log.ts';

const EVENTS: readonly AgentEvent[] = [
  { event: 'run-started', schedule: 'estate', reason: 'scheduled', missed: 0 },
  { event: 'problem', what: 'telling', problem: 'ENOSPC\u001B[2J\nforged: line' },
];

/** What is written to stderr for the events. */
function written(options: { readonly quiet?: true }, isTTY: boolean): string[] {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  const log = agentLog(options, {
    stdout: stream,
    stderr: Object.assign(stream, { isTTY }),
    stdin: Readable.from([]),
    env: {},
    cwd: '/',
    now: () => new Date('2026-11-20T12:00:00Z'),
    signal: new AbortController().signal,
  });
  for (const event of EVENTS) log(event);
  return lines;
}

describe('the log of the agent', () => {
  it('is a line of JSON for each event where nobody reads it', () => {
    const lines = written({}, false);
    expect(lines.every((line) => /^[^\n]+\n$/u.test(line))).toBe(true);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { time: '2026-11-20T12:00:00.000Z', level: 'info', ...EVENTS[0] },
      { time: '2026-11-20T12:00:00.000Z', level: 'error', ...EVENTS[1] },
    ]);
  });

  it('is text on a terminal, that cannot move the cursor or forge a line', () => {
    const [first, second] = written({}, true);
    expect(first).toBe('2026-11-20T12:00:00Z run started  schedule=estate reason=scheduled missed=0\n');
    expect(second).toMatch(/^2026-11-20T12:00:00Z error: problem {2}what=telling problem=\P{Cc}+\n$/u);
  });

  it('leaves out what is as it should be where it is to be quiet', () => {
    expect(written({ quiet: true }, false)).toHaveLength(1);
  });
});
