import type { RecognisedFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import { jsonPieces } from './json-pieces.ts';
import type { Piece } from './piece.ts';
import { yamlPieces } from './yaml-pieces.ts';

/**
 * Everything a file of objects holds, in the order of the file and in bounded memory. A file that cannot be read is a
 * said. Throws only on `signal` and on bugs.
 */
export async function* piecesOf(
  file: RecognisedFile,
  isNeeded: (kind: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<readonly Piece[]> {
  try {
    yield* file.kind === 'kubernetes-yaml' ? yamlPieces(file, isNeeded, signal) : jsonPieces(file, signal);
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    yield [{ kind: 'unread', place: 'the file', reason: error.message, about: null }];
  }
}
