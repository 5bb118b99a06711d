import type { RoleBreadth } from '#model/grant.ts';
import { globMatches } from './glob.ts';
import type { ReadStatements, Statement } from './statements.ts';

/**
 * What a policy gives on its face. Conditions count only against `everything`; of denials only those without a
 * condition count, and only on every resource. null: a statement was not understood, so the policy may give more.
 */
export function breadthOf({ statements, problems }: ReadStatements): RoleBreadth | null {
  const denies = statements.filter(
    (statement) => statement.effect === 'Deny' && statement.condition === null && isOnEverything(statement),
  );
  if (denies.some((deny) => coversAll(actionTerms([deny])))) return 'limited';
  const allows = statements
    .filter(({ effect }) => effect === 'Allow')
    .map((allow) => withoutDenied(allow, denies));
  if (givesEverything(allows.filter(({ condition }) => condition === null)) && denies.length === 0)
    return 'everything';
  if (problems.length > 0 || allows.some(isUnclear)) return null;
  if (allows.some(givesWholeService)) return 'all-actions';
  return allows.some(isOnEveryResource) ? 'all-resources' : 'limited';
}

/** Without the actions that the denials, which are on everything, take back whole. */
function withoutDenied(allow: Statement, denies: readonly Statement[]): Statement {
  const denied = denies.flatMap(({ actions }) => lowerCase(actions) ?? []);
  if (allow.actions === null || denied.length === 0) return allow;
  const actions = allow.actions.filter(
    (action) => !denied.some((pattern) => contains(pattern, action.toLowerCase())),
  );
  return actions.length === allow.actions.length ? allow : { ...allow, actions };
}

/** An identity policy without a resource is not valid. */
function isUnclear({ resources, notResources }: Statement): boolean {
  return (resources ?? notResources) === null;
}

/** All actions over statements that hold on everything, or all resources over statements that give every action. */
function givesEverything(allows: readonly Statement[]): boolean {
  return (
    coversAll(actionTerms(allows.filter(isOnEverything))) ||
    coversAll(resourceTerms(allows.filter((allow) => coversAll(actionTerms([allow])))))
  );
}

function isOnEverything(statement: Statement): boolean {
  return coversAll(resourceTerms([statement]));
}

/** Patterns that a statement names, or everything but those that it names. */
type Term = { readonly only: readonly string[] } | { readonly allBut: readonly string[] };

function actionTerms(statements: readonly Statement[]): Term[] {
  return statements.flatMap(({ actions, notActions }) => terms(lowerCase(actions), lowerCase(notActions)));
}

function resourceTerms(statements: readonly Statement[]): Term[] {
  return statements.flatMap(({ resources, notResources }) => terms(resources, notResources));
}

function terms(only: readonly string[] | null, allBut: readonly string[] | null): Term[] {
  return [...(only === null ? [] : [{ only }]), ...(allBut === null ? [] : [{ allBut }])];
}

/** Action names do not mind the case; resource names do. */
function lowerCase(texts: readonly string[] | null): readonly string[] | null {
  return texts?.map((text) => text.toLowerCase()) ?? null;
}

/**
 * Whether the terms add up to everything: one pattern does, or what one `allBut` leaves out is covered by the others.
 * True only where it is certain.
 */
function coversAll(all: readonly Term[]): boolean {
  const named = all.flatMap((term) => ('only' in term ? term.only : []));
  if (named.some(isEverything)) return true;
  const exceptions = all.flatMap((term) => ('allBut' in term ? [term.allBut] : []));
  const [first, ...others] = exceptions;
  return (
    first !== undefined &&
    first.every(
      (left) =>
        named.some((pattern) => contains(pattern, left)) ||
        others.some((allBut) => allBut.every((excluded) => areApart(excluded, left))),
    )
  );
}

/** `*`, and `*:*` for actions and ARNs. */
function isEverything(pattern: string): boolean {
  return /^\*+(?::\*+)*$/u.test(pattern);
}

/** Whether everything that `inner` matches, `outer` matches: its stars stand for any text, so also for a star. */
function contains(outer: string, inner: string): boolean {
  return !outer.includes('?') && globMatches(outer, inner);
}

/** Whether no text matches both, judged by what stands before the first wildcard. */
function areApart(a: string, b: string): boolean {
  const startA = a.replace(/[*?].*$/su, '');
  const startB = b.replace(/[*?].*$/su, '');
  return !startA.startsWith(startB) && !startB.startsWith(startA);
}

/** `s3:*`, or all actions but some. */
function givesWholeService({ actions, notActions }: Statement): boolean {
  return (
    notActions !== null ||
    (actions ?? []).some((action) => isEverything(action) || /^[^:*?]+:\*+$/u.test(action))
  );
}

/** `*`, `arn:aws:s3:::*`, or all resources but some. */
function isOnEveryResource({ actions, resources, notResources }: Statement): boolean {
  if (actions?.length === 0) return false;
  return notResources !== null || (resources ?? []).some((arn) => isEverything(arn) || EVERY_ARN.test(arn));
}

/** Any partition, a service, any Region and account, and anything in it. */
const EVERY_ARN = /^arn:[^:]*:[^:]*:\*?:\*?:\*+(?:[/:]\*+)*$/u;
