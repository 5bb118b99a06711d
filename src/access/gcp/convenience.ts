import type { Estate } from './estate.ts';
import type { Principal } from './principal.ts';

const ROLE_OF: Readonly<Record<string, string>> = {
  projectOwner: 'gcp:roles/owner',
  projectEditor: 'gcp:roles/editor',
  projectViewer: 'gcp:roles/viewer',
};

/**
 * Whether a principal is meant by `projectOwner:p` and its like, which stand for whoever holds the basic role on the
 * project itself (https://cloud.google.com/iam/docs/principal-identifiers#allow, convenience values of Cloud Storage and
 * BigQuery).
 */
export function basicRoleMembers(estate: Estate, member: string, principal: Principal): boolean {
  const [kind = '', project = ''] = member.split(':');
  const role = ROLE_OF[kind];
  if (role === undefined) return false;
  return (estate.bindingsByScope.get(`gcp:projects/${project}`) ?? []).some(
    (binding) =>
      binding.roleUid === role && binding.condition === null && principal.members.has(binding.member),
  );
}
