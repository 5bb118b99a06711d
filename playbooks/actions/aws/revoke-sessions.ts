import { OWN_POLICY_NAMES, ownPolicy } from './own-policy.ts';

/**
 * Denies everything to sessions that were issued before now; keys that last carry no such time and are left alone
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html). What an earlier revocation put
 * there leaves the sessions alone that were issued since: it counts as done only where its time is not before the plan's.
 */
export const revokeSessions = ownPolicy({
  id: 'aws/revoke-sessions',
  closes: 'sessions',
  title: (identity) => `Deny everything to the sessions of ${identity} that were issued until now`,
  policyName: OWN_POLICY_NAMES.sessions,
  text: ({ clock }) => textUntil(new Date(clock.now()).toISOString()),
  does: (text, { plannedAt }) => {
    const time = /"aws:TokenIssueTime":"([\d:.TZ-]+)"/u.exec(text)?.[1] ?? '';
    if (text !== textUntil(time)) return false;
    return typeof plannedAt !== 'string' || Date.parse(time) >= Date.parse(plannedAt);
  },
});

function textUntil(time: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'NhiAuditorRevokedSessions',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': time } },
      },
    ],
  });
}
