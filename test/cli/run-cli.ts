import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/program.ts';
import type { Io } from '../../src/cli/io.ts';

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in `cwd`, with a fixed clock and without a terminal. */
export async function runCli(cwd: string, words: readonly string[], extra: Partial<Io> = {}): Promise<Ran> {
  const out = sink();
  const err = sink();
  const code = await run(words, { ...ioAt(cwd), stdout: out.stream, stderr: err.stream, ...extra });
  return { code, stdout: out.text(), stderr: err.text() };
}

/** What a command touches outside, with a fixed clock, no terminal and an empty environment. */
export function ioAt(cwd: string): Io {
  return {
    stdout: sink().stream,
    stderr: sink().stream,
    stdin: Readable.from([]),
    env: {},
    cwd,
    now: () => new Date('2026-11-20T12:00:00Z'),
    signal: new AbortController().signal,
  };
}

function sink(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString('utf8'));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}
