import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ActionError } from '#contract/action.ts';
import type { Json } from '#model/system.ts';

/** Whom a step takes the trust from: as a row of the snapshot names it. */
export interface TrustedParty {
  /** A uid, an ARN, a service, `aws:<account>`, `*`. */
  readonly trusted: string;
  /** Under which condition; null: none. */
  readonly condition: Json;
  /** A statement that trusts all but these; null: one that names whom it trusts. */
  readonly notPrincipal: Json;
}

/** It comes from JSON text, and is JSON. */
const json = z.custom<Json>((value) => value !== undefined);

const statementSchema = z.looseObject({
  Effect: z.string(),
  Principal: json.optional(),
  NotPrincipal: json.optional(),
  Condition: json.optional(),
});

type Statement = z.infer<typeof statementSchema>;

const policySchema = z.looseObject({ Statement: z.union([z.array(statementSchema), statementSchema]) });

/** What is left of a trust policy, and what was in it for the party, statement by statement. */
export interface Split {
  /** The policy without the party, as text. */
  readonly left: string;
  /** Each statement that trusts the party, as if it trusted nobody else; empty: none does. */
  readonly taken: readonly Json[];
}

/** IAM takes no policy without a statement: this one trusts nobody. */
const NOBODY: Json = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };

/** Takes a party out of a trust policy. Throws ActionError where the text is no policy. */
export function withoutParty(text: string, party: TrustedParty): Split {
  const policy = parse(text);
  const left: Statement[] = [];
  const taken: Json[] = [];
  for (const statement of statementsOf(policy)) {
    const split = splitStatement(statement, party);
    if (split.left !== null) left.push(split.left);
    if (split.taken !== null) taken.push(plain(split.taken));
  }
  const rest = left.length === 0 ? [NOBODY] : left;
  return { left: JSON.stringify({ ...policy, Statement: rest }), taken };
}

/** A trust policy with statements added at its end; the stand-in for none is dropped. Throws ActionError. */
export function withStatements(text: string, statements: readonly Json[]): string {
  const policy = parse(text);
  const kept = statementsOf(policy).filter((statement) => !isDeepStrictEqual(plain(statement), NOBODY));
  return JSON.stringify({ ...policy, Statement: [...kept, ...statements] });
}

/** Whether two texts are the same policy, however they are written. */
export function isSamePolicy(one: string, other: string): boolean {
  return isDeepStrictEqual(parse(one), parse(other));
}

function splitStatement(
  statement: Statement,
  { trusted, condition, notPrincipal }: TrustedParty,
): { readonly left: Statement | null; readonly taken: Statement | null } {
  const { Effect, Principal, NotPrincipal, Condition } = statement;
  const untouched = { left: statement, taken: null };
  if (Effect !== 'Allow' || !isDeepStrictEqual(conditionOf(Condition), condition)) return untouched;
  if (notPrincipal !== null || NotPrincipal !== undefined) {
    return notPrincipal !== null && isDeepStrictEqual(NotPrincipal, notPrincipal)
      ? { left: null, taken: statement }
      : untouched;
  }
  if (Principal === '*') return trusted === '*' ? { left: null, taken: statement } : untouched;
  const { left, taken } = splitPrincipals(Principal, trusted);
  if (Object.keys(taken).length === 0) return untouched;
  return {
    left: Object.keys(left).length === 0 ? null : { ...statement, Principal: left },
    taken: { ...statement, Principal: taken },
  };
}

type Principals = Readonly<Record<string, Json>>;

function splitPrincipals(
  principal: Json | undefined,
  trusted: string,
): { left: Principals; taken: Principals } {
  const left: Record<string, Json> = {};
  const taken: Record<string, Json> = {};
  for (const [type, names] of Object.entries(Object(principal) as Principals)) {
    // Object() makes an empty object of what is none: it names nobody.
    const all = Array.isArray(names) ? (names as readonly Json[]) : [names];
    const own = all.filter((name) => isParty(name, trusted));
    const others = all.filter((name) => !own.includes(name));
    if (own.length > 0) taken[type] = own;
    if (own.length === 0) left[type] = names;
    else if (others.length > 0) left[type] = others;
  }
  return { left, taken };
}

/** An account is named by its number or by its root. */
function isParty(name: Json, trusted: string): boolean {
  if (typeof name !== 'string') return false;
  if (name === trusted) return true;
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/u.exec(name)?.[1];
  return account !== undefined && trusted === `aws:${account}`;
}

function conditionOf(condition: Json | undefined): Json {
  const isEmpty = typeof condition === 'object' && condition !== null && Object.keys(condition).length === 0;
  return condition === undefined || isEmpty ? null : condition;
}

function statementsOf({ Statement: statements }: z.infer<typeof policySchema>): readonly Statement[] {
  return Array.isArray(statements) ? statements : [statements];
}

function parse(text: string): z.infer<typeof policySchema> {
  try {
    return policySchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ActionError('failed', 'the trust policy is not understood', null, error);
  }
}

/** A statement as JSON: its schema leaves members of any kind. */
function plain(statement: Statement): Json {
  return JSON.parse(JSON.stringify(statement)) as Json;
}
