import type { Json } from '#model/system.ts';
import { quote } from './quote.ts';

/** Whom a resource policy's statement is about, or with `negated` whom it leaves out. */
export interface PrincipalElement {
  /** true: `NotPrincipal`. */
  readonly negated: boolean;
  /** `*` and the ARNs, account numbers and unique ids of `AWS`. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUsers: readonly string[];
  /** Some of it is not understood, so that it may mean anybody. */
  readonly isVague: boolean;
}

/**
 * Reads `Principal` or `NotPrincipal`; null where there is neither.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(plain: Json, negated: Json, problems: string[]): PrincipalElement | null {
  const element = plain ?? negated;
  if (element === null) return null;
  const lists = { aws: [], services: [], federated: [], canonicalUsers: [] };
  const parsed = { ...lists, negated: plain === null, isVague: false };
  if (element === '*') return { ...parsed, aws: ['*'] };
  const before = problems.length;
  if (plain !== null && negated !== null) problems.push('it has both Principal and NotPrincipal');
  if (typeof element !== 'object' || Array.isArray(element)) {
    problems.push('its Principal is neither "*" nor an object');
    return { ...parsed, isVague: true };
  }
  const kinds = new Map(Object.entries(element));
  for (const kind of kinds.keys()) {
    if (!KINDS.has(kind)) problems.push(`its Principal names a kind ${quote(kind)} that IAM does not know`);
  }
  const named = {
    aws: texts(kinds.get('AWS'), problems),
    services: texts(kinds.get('Service'), problems),
    federated: texts(kinds.get('Federated'), problems),
    canonicalUsers: texts(kinds.get('CanonicalUser'), problems),
  };
  return { ...parsed, ...named, isVague: problems.length > before };
}

const KINDS: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

function texts(json: Json | undefined, problems: string[]): readonly string[] {
  if (json === undefined) return [];
  const list: readonly Json[] = Array.isArray(json) ? json : [json];
  const found = list.filter((item) => typeof item === 'string');
  if (found.length < list.length) problems.push('its Principal is not a text or a list of texts');
  return found;
}
