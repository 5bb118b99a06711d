import type { Verdict } from '#model/decision.ts';
import type { Evaluation } from './evaluation.ts';
import { allOf, anyOf, not, type Truth } from './truth.ts';

/** How an evaluation ends. */
export interface Outcome {
  readonly verdict: Verdict;
  /** Whether identity and resource policies together allow it, within boundary and session. */
  readonly granted: Truth;
  readonly denied: Truth;
}

/**
 * Puts together what the policies say.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @param withoutGuardrails an organisation's policies that were not collected are taken to limit nothing
 */
export function outcomeOf(evaluation: Evaluation, withoutGuardrails: boolean): Outcome {
  const { ask, identity, boundary, session, resource, scp, rcp } = evaluation;
  // "No permissions are required to perform this operation", and no policy can take it away.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  if (ask.action === 'sts:getcalleridentity' && evaluation.request.principal.kind !== 'anonymous') {
    return { verdict: 'allowed', granted: 'yes', denied: 'no' };
  }
  const guardrails = [scp, rcp].filter(({ missing }) => !(withoutGuardrails && missing !== null));
  const denied = anyOf(
    identity?.deny ?? 'no',
    boundary?.deny ?? 'no',
    session?.deny ?? 'no',
    resource.deny,
    ...guardrails.map(({ deny }) => deny),
  );
  const granted = grantedBy(evaluation);
  const truth = allOf(granted, not(denied), ...guardrails.map(({ allow }) => allow));
  return { verdict: VERDICTS[truth], granted, denied };
}

const VERDICTS: Readonly<Record<Truth, Verdict>> = {
  yes: 'allowed',
  no: 'denied',
  open: 'conditional',
  unknown: 'unknown',
};

function grantedBy(evaluation: Evaluation): Truth {
  const { resource, ask, needsResourcePolicy, crossAccount } = evaluation;
  const limits = allOf(evaluation.boundary?.allow ?? 'yes', evaluation.session?.allow ?? 'yes');
  const own = allOf(identityAllow(evaluation), limits);
  // "You cannot call AssumeRole by using AWS account root user credentials."
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  if (evaluation.isRoot && ask.action === 'sts:assumerole') return 'no';
  const onResource = resourceAllow(evaluation);
  const { itself, role, account } = onResource === 'unread' ? UNREAD : resource.allow;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
  if (crossAccount) return allOf(anyOf(itself, role, account), own);
  if (!needsResourcePolicy) return anyOf(itself, allOf(role, limits), own);
  // Which role or key is meant is open, and with it what its policy says.
  if (!evaluation.isAboutOne) return allOf(own, 'open');
  return anyOf(itself, allOf(role, limits), allOf(account, own));
}

const UNREAD = { itself: 'unknown', role: 'no', account: 'no' } as const;

/** `unread`: a policy on the resource would decide, and nobody read it. */
function resourceAllow({
  isAboutOne,
  resourceIsRead,
  needsResourcePolicy,
  crossAccount,
  identity,
  isRoot,
}: Evaluation): 'read' | 'unread' {
  const decides = needsResourcePolicy || crossAccount || (identity === null && !isRoot);
  return decides && isAboutOne && !resourceIsRead ? 'unread' : 'read';
}

function identityAllow({ identity, isRoot, stranger }: Evaluation): Truth {
  if (isRoot) return 'yes';
  return stranger ? 'unknown' : (identity?.allow ?? 'no');
}
