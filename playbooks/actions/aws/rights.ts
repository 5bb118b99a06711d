import { z } from 'zod';
import type { FormerAccess } from '#contract/action.ts';

/** An action on a resource, as policies said it. */
export interface Right {
  readonly action: string;
  /** May hold wildcards, which the simulator takes for a resource's name that only such patterns match. */
  readonly resource: string;
}

/** What an identity was allowed, and what could not be read of it. */
export interface FormerRights {
  /** Without wildcards in the action. */
  readonly literal: readonly Right[];
  /** Those with wildcards, `NotAction` or variables, each in a few words. */
  readonly patterns: readonly string[];
  readonly unknown: readonly string[];
}

/** More questions than this are not asked. */
export const MOST_QUESTIONS = 2000;

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value))
  .optional();

const statementSchema = z.object({
  Effect: z.string(),
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
});

const documentSchema = z.object({
  Statement: z.union([z.array(statementSchema), statementSchema.transform((statement) => [statement])]),
});

/** The rights that the documents of grants gave, before conditions and guardrails. */
export function formerRights({ grants }: FormerAccess): FormerRights {
  const literal = new Map<string, Right>();
  const patterns = new Set<string>();
  const unknown: string[] = [];
  let left = 0;
  for (const { grant, role } of grants) {
    const document = documentSchema.safeParse(role?.document);
    if (!document.success) {
      unknown.push(`${grant.uid}: what ${role?.name ?? grant.roleUid} allowed is not known`);
      continue;
    }
    for (const { Effect, Action, NotAction, Resource, NotResource } of document.data.Statement) {
      if (Effect !== 'Allow') continue;
      if (NotAction !== undefined) patterns.add(`all but ${NotAction.join(', ')}`);
      if (NotResource !== undefined)
        patterns.add(`${(Action ?? []).join(', ')} on all but ${NotResource.join(', ')}`);
      for (const action of Action ?? []) {
        for (const resource of Resource ?? []) {
          const right = { action, resource };
          if (/[*?]/u.test(action) || resource.includes('${')) patterns.add(wordsOf(right));
          else if (literal.size < MOST_QUESTIONS) literal.set(wordsOf(right), right);
          else if (!literal.has(wordsOf(right))) left++;
        }
      }
    }
  }
  if (left > 0) unknown.push(`${left} rights more than ${MOST_QUESTIONS} were too many to ask about`);
  return { literal: [...literal.values()], patterns: [...patterns], unknown };
}

/** `s3:GetObject on arn:aws:s3:::bucket/*`. */
export function wordsOf({ action, resource }: Right): string {
  return `${action} on ${resource}`;
}
