import type { Json } from '#model/system.ts';
import { parseActions, type ActionPatterns } from './action-patterns.ts';
import { parseConditions, type Condition } from './condition/parse.ts';
import type { Pattern } from './pattern.ts';
import { parsePrincipals, type PrincipalElement } from './principal-element.ts';
import { quote } from './quote.ts';
import { parseResourcePattern } from './resource-pattern.ts';

/** One statement of a policy. */
export interface Statement {
  /** Its place in the document, from 0. */
  readonly index: number;
  readonly sid: string | null;
  /** null: the statement does not say `Allow` or `Deny`. */
  readonly effect: 'Allow' | 'Deny' | null;
  readonly actions: ActionPatterns;
  /** null: it names no resource, as the policies do that hang on the one resource they are about. */
  readonly resources: ResourcePatterns | null;
  /** null: it names no principal, as identity policies do. */
  readonly principals: PrincipalElement | null;
  readonly conditions: readonly Condition[];
  /** What of it is not understood; null: all is. What it then does is unknown. */
  readonly problem: string | null;
}

export interface ResourcePatterns {
  /** true: `NotResource`. */
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
  /** As written, for reasons. */
  readonly texts: readonly string[];
}

/** Reads a statement; what is wrong with it is said in `problem`. */
export function parseStatement(json: Json, index: number, variables: boolean): Statement {
  const empty: Statement = {
    index,
    sid: null,
    effect: null,
    actions: parseActions(['*'], false),
    resources: null,
    principals: null,
    conditions: [],
    problem: 'it is not an object',
  };
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return empty;
  const elements = new Map(Object.entries(json));
  const problems: string[] = [];

  const actions = oneOf(elements, 'Action', 'NotAction', problems);
  if (actions === null) problems.push('it has neither Action nor NotAction');
  const resources = oneOf(elements, 'Resource', 'NotResource', problems);
  const principals = parsePrincipals(
    elements.get('Principal') ?? null,
    elements.get('NotPrincipal') ?? null,
    problems,
  );
  if (resources === null && principals === null) problems.push('it has neither Resource nor NotResource');
  const conditions = parseConditions(elements.get('Condition') ?? {}, variables);
  if (conditions === null) problems.push('its Condition is not built as one');
  for (const { name } of conditions?.filter(({ operator }) => operator === null) ?? []) {
    problems.push(`IAM has no condition operator ${quote(name)}`);
  }
  const effect = elements.get('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') problems.push('its Effect is neither Allow nor Deny');
  const sid = elements.get('Sid');
  return {
    index,
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : null,
    actions: actions === null ? empty.actions : parseActions(actions.texts, actions.negated),
    resources:
      resources === null
        ? null
        : { ...resources, patterns: resources.texts.map((text) => parseResourcePattern(text, variables)) },
    principals,
    conditions: conditions ?? [],
    problem: problems.length === 0 ? null : problems.join(', '),
  };
}

/** The texts of the one or the other element; null where there is neither. */
function oneOf(
  elements: ReadonlyMap<string, Json>,
  plain: string,
  negated: string,
  problems: string[],
): { readonly negated: boolean; readonly texts: readonly string[] } | null {
  if (elements.has(plain) && elements.has(negated)) problems.push(`it has both ${plain} and ${negated}`);
  const name = elements.has(plain) ? plain : negated;
  if (!elements.has(name)) return null;
  const json = elements.get(name) ?? null;
  const list: readonly Json[] = Array.isArray(json) ? json : [json];
  const texts = list.filter((item) => typeof item === 'string');
  if (texts.length < list.length) problems.push(`its ${name} is not a text or a list of texts`);
  return { negated: name === negated, texts };
}
