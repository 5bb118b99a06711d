import { callFailure, type CallFailure, type FailureKind } from './call-error.ts';

export type Headers = Readonly<Record<string, string>>;

/** What a provider adds to the meaning of a status: `SERVICE_DISABLED` behind a 403, and the like. */
export type Refine = (status: number, headers: Headers, body: unknown) => Partial<CallFailure>;

/** What an HTTP reply outside 2xx means. */
export function failureOfReply(
  status: number,
  headers: Headers,
  body: unknown,
  now: number,
  refine: Refine = () => ({}),
): CallFailure {
  const told = callFailure(kindOf(status), messageOf(body) ?? `HTTP ${status}`, {
    status,
    code: codeOf(body),
    retryAfterMs: retryAfter(headers, now),
  });
  return { ...told, ...refine(status, headers, body) };
}

function kindOf(status: number): FailureKind {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'denied';
  if (status === 404 || status === 410) return 'missing';
  if (status === 408) return 'timed-out';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'server-error' : 'malformed';
}

/** Seconds or a date (RFC 9110, section 10.2.3); Azure also says milliseconds. */
function retryAfter(headers: Headers, now: number): number | null {
  const milliseconds = Number(headers['x-ms-retry-after-ms'] ?? headers['retry-after-ms'] ?? NaN);
  if (milliseconds >= 0) return milliseconds;
  const value = headers['retry-after'];
  if (value === undefined) return null;
  if (/^\d+$/u.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** `{error: {message}}` of Azure, Graph and Google, `{message}` of Kubernetes, `{error_description}` of OAuth. */
function messageOf(body: unknown): string | null {
  const found = member(member(body, 'error'), 'message') ?? member(body, 'message');
  const text = found ?? member(body, 'error_description');
  return typeof text === 'string' && text !== '' ? text : null;
}

function codeOf(body: unknown): string | null {
  const error = member(body, 'error');
  const code = member(error, 'status') ?? member(error, 'code') ?? member(body, 'reason');
  return typeof code === 'string' ? code : null;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
