import { z } from 'zod';
import type { Json } from '#model/system.ts';
import { issueText } from '../intake/issue-text.ts';

/** One statement of a policy, its one-or-many elements as lists. null: the element is absent. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[] | null;
  readonly notActions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly notResources: readonly string[] | null;
  readonly principal: Json;
  readonly notPrincipal: Json;
  readonly condition: Json;
}

/** What of a document is understood, and what is not: one line each. */
export interface ReadStatements {
  readonly statements: readonly Statement[];
  readonly problems: readonly string[];
}

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value))
  .nullish();

/** Passed on as it is: it came out of JSON.parse. */
const asItIs = z.custom<Json>().nullish();

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
  Principal: asItIs,
  NotPrincipal: asItIs,
  Condition: asItIs,
});

/** The statements of a policy document. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function readStatements(document: { readonly [key: string]: Json }): ReadStatements {
  const value = document['Statement'];
  const list: readonly Json[] = isList(value) ? value : [value ?? null];
  const statements: Statement[] = [];
  const problems: string[] = [];
  list.forEach((entry, at) => {
    const parsed = statementSchema.safeParse(entry);
    if (!parsed.success) {
      problems.push(`Statement[${at}]${issueText(parsed.error)}`);
      return;
    }
    const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
      parsed.data;
    if ((Action ?? NotAction ?? null) === null)
      problems.push(`Statement[${at}]: expected Action or NotAction`);
    statements.push({
      effect: Effect,
      actions: Action ?? null,
      notActions: NotAction ?? null,
      resources: Resource ?? null,
      notResources: NotResource ?? null,
      principal: Principal ?? null,
      notPrincipal: NotPrincipal ?? null,
      condition: conditionOf(Condition ?? null),
    });
  });
  return { statements, problems };
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An empty condition block is none. */
function conditionOf(value: Json): Json {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return isEmpty ? null : value;
}
