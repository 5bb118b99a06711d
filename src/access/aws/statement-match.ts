import { isAbout } from './action-patterns.ts';
import type { Ask } from './ask.ts';
import { evaluateCondition } from './condition/evaluate.ts';
import type { Condition } from './condition/parse.ts';
import { resourceMatch } from './resource-match.ts';
import type { Statement } from './statement.ts';
import { allOf, type Truth } from './truth.ts';

/** Whether a statement applies to a request, and what that hangs on. */
export interface Match {
  readonly truth: Truth;
  /** Whether it is about the resource. */
  readonly resource: Truth;
  /** The conditions that are open or unknown. */
  readonly unsettled: readonly Condition[];
}

const NO: Match = { truth: 'no', resource: 'no', unsettled: [] };

/** Matches a statement by action, resource and conditions; whom it is about is for the caller to settle. */
export function matchStatement(statement: Statement, ask: Ask): Match {
  if (!isAbout(statement.actions, ask.action)) return NO;
  const resource = resourceMatch(statement, ask);
  if (resource === 'no') return NO;
  const truths: Truth[] = [resource, statement.problem === null ? 'yes' : 'unknown'];
  const unsettled: Condition[] = [];
  for (const condition of statement.conditions) {
    const truth = evaluateCondition(condition, ask.lookUp);
    if (truth === 'no') return NO;
    if (truth !== 'yes') unsettled.push(condition);
    truths.push(truth);
  }
  return { truth: allOf(...truths), resource, unsettled };
}
