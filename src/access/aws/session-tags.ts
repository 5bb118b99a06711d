import { isAbout } from './action-patterns.ts';
import type { Estate } from './estate.ts';

/**
 * Whether somebody who assumes the role may tag the session: the trust policy has to allow `sts:TagSession`. Where it
 * was not collected, yes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export function mayTagSessions(estate: Estate, roleUid: string): boolean {
  const policy = estate.resourcePolicies.get(roleUid)?.find(({ kind }) => kind === 'trust');
  if (policy === undefined) return true;
  const { statements, problem } = estate.documentOf(policy.document);
  return (
    problem !== null ||
    statements.some(({ effect, actions }) => effect !== 'Deny' && isAbout(actions, 'sts:tagsession'))
  );
}
