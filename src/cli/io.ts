import type { Readable, Writable } from 'node:stream';

/** Everything outside that a command may touch, given from the bin: tests give their own. */
export interface Io {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Writes text to stdout and waits where the reader is slower. */
export async function print(io: Io, text: string): Promise<void> {
  await writeAll(io.stdout, text);
}

/** Writes a line for people to stderr. */
export async function note(io: Io, text: string): Promise<void> {
  await writeAll(io.stderr, `${text}\n`);
}

async function writeAll(stream: Writable, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
