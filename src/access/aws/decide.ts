import type { CloudRequest } from '../engine.ts';
import type { Decision, Reason } from '#model/decision.ts';
import type { Uid } from '#model/system.ts';
import { awsActionName, awsActionNumber } from '#catalogue/aws/actions.ts';
import { choiceText, choicesFor, type Choice } from './choose.ts';
import type { Estate } from './estate.ts';
import { policedResources } from './policed-resources.ts';
import { evaluate, type Evaluation, type PreparedRequest } from './evaluation.ts';
import { resolvePrincipal } from './principal.ts';
import { reasonsOf } from './reasons.ts';
import { outcomeOf, type Outcome } from './verdict.ts';

/** One evaluation with its end. */
export interface Answer {
  readonly evaluation: Evaluation;
  readonly outcome: Outcome;
  /** What the caller has to send for that end; null: nothing in particular. */
  readonly choice: Choice | null;
}

/** Answers a request about one resource, or about any in particular where it names none. */
export function decide(estate: Estate, request: CloudRequest): Decision {
  const prepared = prepare(estate, request);
  if (typeof prepared === 'string') {
    return { decision: 'unknown', reasons: [{ kind: 'missing', source: null, text: prepared }] };
  }
  const found = answer(estate, prepared, null, false);
  const decision = { decision: found.outcome.verdict, reasons: explain(found) };
  return prepared.resource === null ? withPolicedResources(estate, prepared, decision) : decision;
}

/** Turns the request into what can be evaluated, or says why it cannot. */
export function prepare(estate: Estate, request: CloudRequest): PreparedRequest | string {
  const principal = resolvePrincipal(estate, request.principal);
  if (principal === null) return `${request.principal} names no AWS principal.`;
  if (!/^[\w-]+:[\w-]+$/u.test(request.action))
    return `${request.action} is no AWS action: it is written service:Action.`;
  const number = awsActionNumber(request.action);
  return {
    principal,
    action: number < 0 ? request.action : awsActionName(number),
    resource: request.resource === '*' ? null : request.resource,
    scope: request.scope ?? null,
    given: request.context ?? {},
    sessionPolicies: request.sessionPolicies ?? [],
  };
}

/**
 * Evaluates once and, where that settles nothing, again for what the caller might choose: a choice that gets through
 * makes it allowed.
 */
export function answer(
  estate: Estate,
  request: PreparedRequest,
  holder: Uid | null,
  withoutGuardrails: boolean,
): Answer {
  const evaluation = evaluate(estate, request, holder);
  const outcome = outcomeOf(evaluation, withoutGuardrails);
  const isSettled = outcome.verdict === 'allowed' || outcome.verdict === 'denied';
  if (isSettled) return { evaluation, outcome, choice: null };
  for (const choice of choicesFor(evaluation)) {
    const chosen = evaluate(estate, { ...request, given: { ...request.given, ...choice } }, holder);
    const end = outcomeOf(chosen, withoutGuardrails);
    if (end.verdict === 'allowed') return { evaluation: chosen, outcome: end, choice };
  }
  return { evaluation, outcome, choice: null };
}

function explain({ evaluation, outcome, choice }: Answer): Reason[] {
  const reasons = reasonsOf(evaluation, outcome);
  if (choice === null) return reasons;
  return [
    ...reasons,
    { kind: 'choice', source: null, text: `The caller chooses to send ${choiceText(choice)}.` },
  ];
}

/** Asked about any resource: those whose own policies say otherwise make the answer hang on the resource. */
function withPolicedResources(estate: Estate, request: PreparedRequest, rest: Decision): Decision {
  if (rest.decision === 'conditional' || rest.decision === 'unknown') return rest;
  for (const resource of policedResources(estate, request.principal, request.action, rest.decision)) {
    const { about, holder } = resource;
    const own = answer(estate, { ...request, resource: about }, holder, false);
    const { allows, denies } = own.evaluation.resource;
    if (own.outcome.verdict === rest.decision || allows.length + denies.length === 0) continue;
    const text = `It is ${own.outcome.verdict} on ${holder}, whose own policy bears on it.`;
    const reasons = [{ kind: 'resource', source: holder, text }, ...explain(own), ...rest.reasons];
    return { decision: 'conditional', reasons };
  }
  return rest;
}
