import type { Refine } from '#collectors/shared/live/http-failure.ts';
import { listOf, memberOf, objectOf, textOf } from '../fields.ts';

/**
 * What an error of Google's says beyond its status: an API that is switched off answers 403 as a missing right does, and
 * so do some that throttle (https://google.aip.dev/193#errorinfo).
 */
export const refine: Refine = (status, _headers, body) => {
  const error = memberOf(objectOf(body), 'error');
  const details = listOf(error, 'details').map(objectOf);
  const info = details.find((each) => textOf(each, 'reason') !== null) ?? null;
  const older = objectOf(listOf(error, 'errors')[0]);
  const reason = textOf(info, 'reason') ?? textOf(older, 'reason');
  if (reason === 'SERVICE_DISABLED' || reason === 'accessNotConfigured') {
    const api = textOf(memberOf(info, 'metadata'), 'service');
    return { kind: 'disabled', code: reason, ...(api === null ? {} : { detail: api }) };
  }
  if (
    status === 403 &&
    /^(?:rateLimitExceeded|userRateLimitExceeded|RATE_LIMIT_EXCEEDED)$/u.test(reason ?? '')
  )
    return { kind: 'throttled', ...(reason === null ? {} : { code: reason }) };
  return {};
};
