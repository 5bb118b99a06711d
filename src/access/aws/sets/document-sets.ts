import { isCallersChoice } from '../caller-choice.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { isPrincipalKey } from '../context.ts';
import type { PolicyDocument } from '../document.ts';
import type { Home } from '../reach.ts';
import type { Statement } from '../statement.ts';
import { allOf, type Truth } from '../truth.ts';
import { given, joinExtents, NO_EXTENT, statementSets, taken, type Extents } from './statement-sets.ts';

/** What a document gives and takes: whoever has it, and by who has it. */
export interface DocumentSets {
  readonly allow: Extents;
  readonly deny: Extents;
  /** The statements whose conditions ask who the principal is. */
  readonly varying: readonly { readonly statement: Statement; readonly sets: Extents }[];
}

interface Remembered {
  /** Whether it makes a difference which account the principal is in: a pattern names one. */
  readonly namesAccount: boolean;
  readonly byHome: Map<string, DocumentSets>;
}

const remembered = new WeakMap<PolicyDocument, Remembered>();

/** The sets of a document for principals in `home`, made once for each account that makes a difference. */
export function documentSets(document: PolicyDocument, home: Home): DocumentSets {
  let known = remembered.get(document);
  if (known === undefined) {
    known = { namesAccount: namesAccount(document), byHome: new Map() };
    remembered.set(document, known);
  }
  const key = known.namesAccount ? home.key : home.partition;
  const before = known.byHome.get(key);
  if (before !== undefined) return before;
  const sets = makeSets(document, home);
  known.byHome.set(key, sets);
  return sets;
}

/** What a statement gives or takes from a principal of whom `lookUp` tells. */
export function effectOf(
  { statement, sets }: DocumentSets['varying'][number],
  lookUp: KeyLookup,
): { readonly allow: Extents; readonly deny: Extents } {
  const truth = conditionsTruth(statement, lookUp);
  if (truth === 'no') return { allow: NO_EXTENT, deny: NO_EXTENT };
  const isSure = truth === 'yes' && statement.problem === null;
  return {
    allow: statement.effect === 'Deny' ? NO_EXTENT : given(sets, isSure ? 'hold' : 'open'),
    deny:
      statement.effect === 'Allow'
        ? NO_EXTENT
        : taken(sets, isSure ? 'hold' : isAvoidable(statement, lookUp) ? 'avoidable' : 'open'),
  };
}

function makeSets(document: PolicyDocument, home: Home): DocumentSets {
  let allow = NO_EXTENT;
  let deny = NO_EXTENT;
  const varying: DocumentSets['varying'][number][] = [];
  for (const statement of document.statements) {
    const sets = statementSets(statement, home);
    if (statement.conditions.some(asksPrincipal)) {
      varying.push({ statement, sets });
      continue;
    }
    const effect = effectOf({ statement, sets }, NOTHING_KNOWN);
    allow = joinExtents(allow, effect.allow);
    deny = joinExtents(deny, effect.deny);
  }
  return { allow, deny, varying };
}

const NOTHING_KNOWN: KeyLookup = () => ({ state: 'open' });

function asksPrincipal({ lowerKey, isFixed }: Statement['conditions'][number]): boolean {
  return isPrincipalKey(lowerKey) || !isFixed;
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

function namesAccount({ statements }: PolicyDocument): boolean {
  return statements.some(({ resources }) => resources?.texts.some((text) => /\d{12}/u.test(text)) ?? false);
}
