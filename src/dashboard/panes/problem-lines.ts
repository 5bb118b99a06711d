import { KnownError } from '#model/errors.ts';
import type { Line } from '../screen.ts';

/** What to show in the place of something that could not be read. Throws on what nobody foresaw. */
export function problemLines(error: unknown): readonly Line[] {
  if (!(error instanceof KnownError)) throw error;
  return [
    { spans: [{ text: `This could not be read: ${error.message}`, tone: 'bad' }] },
    ...(error.hint === undefined ? [] : [{ spans: [{ text: error.hint }] }]),
  ];
}
