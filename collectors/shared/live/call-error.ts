/** Why a call to a provider gave nothing. */
export type FailureKind =
  | 'denied'
  | 'unauthenticated'
  | 'throttled'
  | 'missing'
  | 'disabled'
  | 'unreachable'
  | 'timed-out'
  | 'server-error'
  | 'malformed';

/** A call's failure as data. It holds no secret. */
export interface CallFailure {
  readonly kind: FailureKind;
  /** The HTTP status; null: there was no reply. */
  readonly status: number | null;
  /** The provider's own word for it: `AccessDenied`, `SERVICE_DISABLED`. */
  readonly code: string | null;
  /** What the provider says, in one line. */
  readonly detail: string;
  /** How long it asks to wait, in milliseconds; null: it does not say. */
  readonly retryAfterMs: number | null;
}

/** A call that failed for good: there is no use in asking again now. */
export class CallError extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure, cause?: unknown) {
    super(failure.detail, cause === undefined ? undefined : { cause });
    this.name = 'CallError';
    this.failure = failure;
  }
}

const LONGEST_DETAIL = 300;

/** Makes a failure out of what is known of it; the detail becomes one line of bounded length. */
export function callFailure(
  kind: FailureKind,
  detail: string,
  more: Partial<Omit<CallFailure, 'kind' | 'detail'>> = {},
): CallFailure {
  const line = detail.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return {
    kind,
    status: more.status ?? null,
    code: more.code ?? null,
    retryAfterMs: more.retryAfterMs ?? null,
    detail: line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line,
  };
}
