import { CallError } from '#collectors/shared/live/call-error.ts';
import { ActionError, type ActionFailure } from '#contract/action.ts';

/** Runs calls to a system; a call that fails becomes an ActionError, which names the right that `permissionOf` tells. */
export async function acting<T>(
  work: () => Promise<T>,
  permissionOf: (error: CallError) => string | null,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const failure = failureOf(error);
    throw new ActionError(failure, error.message, failure === 'denied' ? permissionOf(error) : null, error);
  }
}

/** What a call gives, or null where its object is not there. */
export async function orAbsent<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CallError && error.failure.kind === 'missing') return null;
    throw error;
  }
}

/** Throws for an object that is not as it was when the step looked at it. */
export function changedSince(what: string): never {
  throw new ActionError('conflict', `${what} changed since it was read`);
}

function failureOf({ failure: { kind, status } }: CallError): ActionFailure {
  // https://www.rfc-editor.org/rfc/rfc9110#section-15.5.10 and #section-15.5.13: somebody else was faster.
  if (status === 409 || status === 412) return 'conflict';
  switch (kind) {
    case 'denied':
    case 'unauthenticated':
    case 'throttled':
    case 'unreachable':
      return kind;
    case 'timed-out':
      return 'unreachable';
    case 'missing':
    case 'disabled':
    case 'server-error':
    case 'malformed':
      return 'failed';
  }
}
