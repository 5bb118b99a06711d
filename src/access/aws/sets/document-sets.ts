import { awsActionCount } from '#catalogue/aws/actions.ts';
import { isCallersChoice } from '../caller-choice.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { isPrincipalKey } from '../context.ts';
import type { PolicyDocument } from '../document.ts';
import { hasVariables } from '../pattern.ts';
import type { Home } from '../reach.ts';
import type { Statement } from '../statement.ts';
import { allOf, type Truth } from '../truth.ts';
import { joinParts } from './set-part.ts';
import { given, NO_STRENGTH, statementSets, taken, type Strengths } from './statement-sets.ts';

/** What a document gives and takes: whoever has it, and by who has it. */
export interface DocumentSets {
  readonly allow: Strengths;
  readonly deny: Strengths;
  /** The statements whose conditions ask who the principal is. */
  readonly varying: readonly { readonly statement: Statement; readonly sets: Strengths }[];
}

const remembered = new WeakMap<PolicyDocument, Map<string, DocumentSets>>();

/** The sets of a document for principals in `home`, made once for each account that makes a difference. */
export function documentSets(document: PolicyDocument, home: Home): DocumentSets {
  const key = namesAccount(document) ? `${home.partition}:${home.account}` : home.partition;
  const known = remembered.get(document) ?? new Map<string, DocumentSets>();
  const before = known.get(key);
  if (before !== undefined) return before;
  const sets = makeSets(document, home);
  remembered.set(document, known.set(key, sets));
  return sets;
}

/** What a statement gives or takes from a principal of whom `lookUp` tells. */
export function effectOf(
  { statement, sets }: DocumentSets['varying'][number],
  lookUp: KeyLookup,
): { readonly allow: Strengths; readonly deny: Strengths } {
  const truth = conditionsTruth(statement, lookUp);
  if (truth === 'no') return { allow: NO_STRENGTH, deny: NO_STRENGTH };
  const isSure = truth === 'yes' && statement.problem === null;
  return {
    allow: statement.effect === 'Deny' ? NO_STRENGTH : given(sets, isSure ? 'hold' : 'open'),
    deny:
      statement.effect === 'Allow'
        ? NO_STRENGTH
        : taken(sets, isSure ? 'hold' : isAvoidable(statement, lookUp) ? 'avoidable' : 'open'),
  };
}

/** Both together. */
export function joinStrengths(one: Strengths, other: Strengths): Strengths {
  const size = awsActionCount() + 1;
  return {
    yes: joinParts(one.yes, other.yes, size),
    firm: joinParts(one.firm, other.firm, size),
    maybe: joinParts(one.maybe, other.maybe, size),
  };
}

function makeSets(document: PolicyDocument, home: Home): DocumentSets {
  let allow = NO_STRENGTH;
  let deny = NO_STRENGTH;
  const varying: DocumentSets['varying'][number][] = [];
  for (const statement of document.statements) {
    const sets = statementSets(statement, home);
    if (statement.conditions.some(asksPrincipal)) {
      varying.push({ statement, sets });
      continue;
    }
    const effect = effectOf({ statement, sets }, NOTHING_KNOWN);
    allow = joinStrengths(allow, effect.allow);
    deny = joinStrengths(deny, effect.deny);
  }
  return { allow, deny, varying };
}

const NOTHING_KNOWN: KeyLookup = () => ({ state: 'open' });

function asksPrincipal({ lowerKey, operands }: Statement['conditions'][number]): boolean {
  return isPrincipalKey(lowerKey) || operands.some(({ pattern }) => hasVariables(pattern));
}

function conditionsTruth({ conditions }: Statement, lookUp: KeyLookup): Truth {
  return conditions.length === 0
    ? 'yes'
    : allOf(...conditions.map((condition) => evaluateCondition(condition, lookUp)));
}

function isAvoidable({ conditions, problem }: Statement, lookUp: KeyLookup): boolean {
  return (
    problem === null &&
    conditions.some(
      (condition) => isCallersChoice(condition.lowerKey) && evaluateCondition(condition, lookUp) === 'open',
    )
  );
}

/** Whether it makes a difference which account the principal is in: a pattern names one. */
function namesAccount({ statements }: PolicyDocument): boolean {
  return statements.some(({ resources }) => resources?.texts.some((text) => /\d{12}/u.test(text)) ?? false);
}
