import { problemOf } from '../events.ts';
import type { Outcome } from './outcome.ts';

const PATIENCE_MS = 30_000;
const LONGEST_WAIT_MS = 86_400_000;

/** Posts a body and tells how it went. Redirects are not followed: what is signed for one receiver is not for another. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const wrong = problemWith(url);
  if (wrong !== null) return { kind: 'unavailable', problem: wrong, retryAfter: null };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'user-agent': 'nhi-auditor', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    // Nothing in the answer's body counts, and it may be endless.
    await response.body?.cancel();
    return outcomeOf(response, now);
  } catch (error) {
    return { kind: 'unavailable', problem: problemOf(error), retryAfter: null };
  }
}

/** Errors of `fetch` repeat an address that it does not take, and an address may be a secret. */
function problemWith(url: string): string | null {
  if (!URL.canParse(url)) return 'the address is no URL';
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return 'the address is neither https nor http';
  return username === '' && password === '' ? null : 'the address holds a user or a password';
}

function outcomeOf(response: Response, now: number): Outcome {
  const { status } = response;
  if (response.ok) return { kind: 'delivered' };
  const problem = `the receiver answers ${status}`;
  // RFC 9110, 15.5.9 and 15.6: the request may be repeated; RFC 6585, 4: too many of them.
  const later = status === 408 || status === 425 || status === 429 || status >= 500;
  return later
    ? { kind: 'unavailable', problem, retryAfter: retryAfter(response.headers.get('retry-after'), now) }
    : { kind: 'refused', problem };
}

/** RFC 9110, 10.2.3: seconds, or a date. At most a day is waited. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\d{1,9}$/u.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), LONGEST_WAIT_MS);
}
