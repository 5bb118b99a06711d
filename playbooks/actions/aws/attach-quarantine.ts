import { OWN_POLICY_NAMES, ownPolicy } from './own-policy.ts';

const TEXT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'NhiAuditorQuarantine', Effect: 'Deny', Action: '*', Resource: '*' }],
});

/**
 * Denies a user or role everything, sessions that are there already included: an explicit deny beats every allow, of
 * resource policies too (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html).
 */
export const attachQuarantine = ownPolicy({
  id: 'aws/attach-quarantine',
  closes: 'all-access',
  title: (identity) => `Deny ${identity} everything`,
  policyName: OWN_POLICY_NAMES.quarantine,
  text: () => TEXT,
  does: isQuarantine,
});

/** Whether a policy denies everything, as the quarantine was put. */
export function isQuarantine(text: string): boolean {
  return text === TEXT;
}
