import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import { grant, identity } from './records.ts';

/** Several chunks, so that a kill can come between and inside them. */
export const CRASH_ROWS = 6000;

/** Rows `from` to `to` of what a crashing scan writes; every hundredth uid stands twice. */
export function rowsOf(from: number, to: number): { identities: Identity[]; grants: Grant[] } {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const uid = (n: number) => `arn:aws:iam::111111111111:role/r${n % 100 === 99 ? n - 1 : n}`;
  return {
    identities: numbers.map((n) => identity(uid(n), { raw: { n, padding: 'x'.repeat(n % 300) } })),
    grants: numbers.map((n) => grant(uid(n), `p${n}`)),
  };
}
