import {
  CallError,
  callFailure,
  type CallFailure,
  type FailureKind,
} from '#collectors/shared/live/call-error.ts';

/** What an error of the SDK says about its call. The SDK throws errors of many kinds: each is some failure of the call. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof CallError) return error.failure;
  const status = numberAt(memberOf(error, '$metadata'), 'httpStatusCode');
  const name = textAt(error, 'name') ?? '';
  // `Code` is what the API said; the SDK's names of classes differ from it here and there.
  const code = textAt(error, 'Code') ?? textAt(error, 'code') ?? name;
  // What is no reply of the API, as of a proxy, the SDK quotes: it may hold anything.
  const detail = name === 'SyntaxError' ? 'not a reply of the API' : (textAt(error, 'message') ?? '');
  return callFailure(
    kindOf([name, code], status),
    detail === '' || detail === code ? code : `${code}: ${detail}`,
    {
      status,
      code,
      retryAfterMs: retryAfter(error),
    },
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, and what single services say instead. */
const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  [
    'throttled',
    /^(?:.*Thrott.*|TooManyRequests(?:Exception)?|RequestLimitExceeded|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded|LimitExceededException)$/u,
  ],
  [
    'disabled',
    /^(?:OptInRequired|SubscriptionRequired.*|AWSOrganizationsNotInUse.*|UnknownOperation.*|InvalidAction|NotImplemented.*|UnsupportedOperation.*)$/u,
  ],
  [
    'unauthenticated',
    /^(?:InvalidClientTokenId|UnrecognizedClient.*|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature.*|ExpiredToken.*|RequestExpired|MissingAuthenticationToken.*|IncompleteSignature|AuthFailure|CredentialsProviderError|TokenProviderError|InvalidToken)$/u,
  ],
  [
    'denied',
    /^(?:AccessDenied.*|UnauthorizedOperation|AuthorizationError.*|NotAuthorized.*|Forbidden.*|Unauthorized.*)$/u,
  ],
  ['missing', /^(?:NoSuch.*|.*NotFound.*|.*DoesNotExist.*|.*NonExistent.*|.*NotPresent.*)$/u],
  // The SDK calls cut connections TimeoutError, too.
  ['unreachable', /^(?:ECONN[A-Z]+|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|NetworkingError)$/u],
  ['timed-out', /^(?:TimeoutError|ETIMEDOUT|RequestTimeout.*)$/u],
];

function kindOf(codes: readonly string[], status: number | null): FailureKind {
  for (const [kind, pattern] of KINDS) if (codes.some((code) => pattern.test(code))) return kind;
  if (status === 429) return 'throttled';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'denied';
  if (status === 404 || status === 410) return 'missing';
  if (status === 501) return 'disabled';
  return status !== null && status >= 500 ? 'server-error' : 'malformed';
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3: services of AWS send seconds. */
function retryAfter(error: unknown): number | null {
  const headers = memberOf(memberOf(error, '$response'), 'headers');
  const seconds = Number(textAt(headers, 'retry-after') ?? textAt(headers, 'Retry-After') ?? Number.NaN);
  return seconds >= 0 ? seconds * 1000 : null;
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
