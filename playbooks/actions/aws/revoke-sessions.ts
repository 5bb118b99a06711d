import { OWN_POLICY_NAMES, ownPolicy } from './own-policy.ts';

/**
 * Denies everything to sessions that were issued before now; keys that last carry no such time and are left alone
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html). Where an earlier revocation did
 * so and was not rolled back, it counts as done, whatever its time.
 */
export const revokeSessions = ownPolicy({
  id: 'aws/revoke-sessions',
  closes: 'sessions',
  title: (identity) => `Deny everything to the sessions of ${identity} that were issued until now`,
  policyName: OWN_POLICY_NAMES.sessions,
  text: ({ clock }) => textUntil(new Date(clock.now()).toISOString()),
  does: (text) => text === textUntil(/"aws:TokenIssueTime":"([\d:.TZ-]+)"/u.exec(text)?.[1] ?? ''),
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
