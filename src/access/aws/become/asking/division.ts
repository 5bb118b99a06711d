import type { Uid } from '#model/system.ts';
import { EVERYTHING, fitsEverything, type Pattern } from '../../pattern.ts';
import type { Statement } from '../../statement.ts';
import { fitting, type Candidates } from './candidates.ts';

/** The candidates that one of the statements may allow something on, and those that are always asked about. */
export function within(resources: Candidates, statements: Iterable<Statement>): readonly Uid[] {
  const found = new Set<Uid>(resources.always);
  for (const { effect, resources: named } of statements) {
    if (effect === 'Deny') continue;
    if (named === null || named.negated || named.patterns.some(fitsEverything)) return resources.all.uids;
    for (const pattern of named.patterns) for (const uid of fitting(resources, pattern)) found.add(uid);
  }
  return [...found].toSorted();
}

/**
 * The candidates that some of the statements set apart from the others by name: to each of the statements all others
 * are the same. null: one of the statements asks something of the resource itself, so that each stands alone.
 */
export function setApart(resources: Candidates, statements: Iterable<Statement>): ReadonlySet<Uid> | null {
  const asksResource = IN_ONE_ACCOUNT.test(resources.prefix) ? ASKS_ONE : ASKS_ANY;
  const found = new Set<Uid>(resources.always);
  for (const { resources: named, conditions } of statements) {
    if (conditions.some(({ lowerKey }) => asksResource.test(lowerKey))) return null;
    if (named === null || named.patterns.some((pattern) => takesAll(pattern, resources))) continue;
    for (const pattern of named.patterns) for (const uid of fitting(resources, pattern)) found.add(uid);
  }
  return found;
}

/** Whether the statement allows its actions on all of the candidates, whatever the request says. */
export function allowsAll(
  { effect, resources: named, conditions, problem }: Statement,
  resources: Candidates,
): boolean {
  if (effect !== 'Allow' || problem !== null || conditions.length > 0) return false;
  return named === null || (!named.negated && named.patterns.some((pattern) => takesAll(pattern, resources)));
}

const IN_ONE_ACCOUNT = /^(?:[^:]*:){4}\d{12}:/u;
/** Keys whose values differ from one user, role or policy to the next, or that both sides of a trust can ask. */
const ASKS_ONE = /resourcetag\/|^iam:permissionsboundary$|^sts:/u;
/** Also those whose values differ from one account to the next. */
const ASKS_ANY = /resourcetag\/|^iam:permissionsboundary$|^sts:|^aws:resource/u;

function takesAll(pattern: Pattern, { prefix }: Candidates): boolean {
  const [first, second, ...rest] = pattern;
  if (fitsEverything(pattern)) return true;
  return typeof first === 'string' && prefix.startsWith(first) && second === EVERYTHING && rest.length === 0;
}
