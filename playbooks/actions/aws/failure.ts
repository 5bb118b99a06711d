import {
  CallError,
  callFailure,
  type CallFailure,
  type FailureKind,
} from '#collectors/shared/live/call-error.ts';

/** What an error of the SDK says about its call; null: it is no failure of a call. */
export function failureOf(error: unknown): CallFailure | null {
  if (error instanceof CallError) return error.failure;
  if (!(error instanceof Error)) return null;
  const status = numberAt(memberOf(error, '$metadata'), 'httpStatusCode');
  // `Code` is what the API said: LimitExceeded is a quota of IAM, and the SDK's class for it sounds like throttling.
  const code = textAt(error, 'Code') ?? textAt(error, 'code') ?? error.name;
  const known = KINDS.find(([, pattern]) => pattern.test(code))?.[0];
  if (known === undefined && status === null) return null;
  // What is no reply of the API, as of a proxy, the SDK quotes: it may hold anything.
  const isNoReply = code === 'SyntaxError' || error.message.includes('Deserialization error');
  const detail = isNoReply ? 'not a reply of the API' : `${code}: ${error.message}`;
  // IAM answers quotas with 409, too: that nobody was faster is told by the code alone.
  const told = CONFLICT.test(code) ? 409 : status === 409 ? 400 : status;
  return callFailure(known ?? kindOfStatus(told ?? 0), detail, { status: told, code });
}

/** The right that a refusal names; null: it names none. */
export function missingPermission({ message }: CallError): string | null {
  return /not authorized to perform: ([a-z\d-]+:\w+)/u.exec(message)?.[1] ?? null;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the errors of each operation there. */
const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  ['throttled', /^(?:Throttl.*|TooManyRequests(?:Exception)?|RequestLimitExceeded|SlowDown)$/u],
  [
    'unauthenticated',
    /^(?:InvalidClientTokenId|UnrecognizedClient.*|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken.*|MissingAuthenticationToken.*|IncompleteSignature|AuthFailure|CredentialsProviderError|TokenProviderError|InvalidToken)$/u,
  ],
  ['denied', /^(?:AccessDenied.*|UnauthorizedOperation|NotAuthorized.*)$/u],
  ['missing', /^NoSuchEntity(?:Exception)?$/u],
  ['unreachable', /^(?:ECONN[A-Z]+|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|NetworkingError)$/u],
  ['timed-out', /^(?:TimeoutError|ETIMEDOUT|RequestTimeout.*)$/u],
  ['malformed', /^SyntaxError$/u],
];

const CONFLICT =
  /^(?:DeleteConflict|ConcurrentModification|EntityAlreadyExists|EntityTemporarilyUnmodifiable)(?:Exception)?$/u;

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'denied';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'server-error' : 'malformed';
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string | null {
  const member = memberOf(value, key);
  return typeof member === 'string' && member !== '' ? member : null;
}

function numberAt(value: unknown, key: string): number | null {
  const member = memberOf(value, key);
  return typeof member === 'number' ? member : null;
}
