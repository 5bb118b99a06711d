import type { DuckDBConnection } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import { storeError } from './statement.ts';

/** An interruption between two steps of a statement is lost, so it is repeated until the work has ended. */
const AGAIN_MS = 20;

/** Does work on a connection; throws StoreError, also where `signal` stops it. */
export async function interruptible<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  let again: NodeJS.Timeout | undefined;
  function interrupt(): void {
    connection.interrupt();
    again = setTimeout(interrupt, AGAIN_MS);
  }
  signal?.addEventListener('abort', interrupt);
  try {
    if (signal?.aborted === true) throw stopped(signal);
    return await work();
  } catch (error) {
    throw signal?.aborted === true ? stopped(signal) : storeError(error);
  } finally {
    clearTimeout(again);
    signal?.removeEventListener('abort', interrupt);
  }
}

function stopped(signal: AbortSignal): StoreError {
  return new StoreError('the statement was stopped before its end', { cause: signal.reason });
}
