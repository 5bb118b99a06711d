import type { Action, Parameters, Subject } from '#contract/action.ts';
import { accountName, at, policyResource } from './names.ts';
import { memberRemoval } from './policy-member.ts';
import type { TokenOf } from './token.ts';

/** Who is federated, or a ServiceAccount of GKE (https://cloud.google.com/iam/docs/principal-identifiers). */
const FEDERATED = /^(?:principal|principalSet):\/\/|^serviceAccount:[^[]+\[[^\]]+\]$/u;
const WORKLOAD_USER = 'roles/iam.workloadIdentityUser';

/** Takes a member out of a role in the allow policy of a project, folder, organisation or service account. */
export function removeMember(tokenOf: TokenOf): Action {
  const kinds = ['iam.serviceAccounts', ...SCOPES.map((kind) => `resourcemanager.${kind}`)];
  return memberRemoval(tokenOf, {
    id: 'gcp/remove-member',
    parametersFor: ofGrant,
    permissions: kinds.flatMap((kind) => [`${kind}.getIamPolicy`, `${kind}.setIamPolicy`]).toSorted(),
  });
}

const SCOPES = ['folders', 'organizations', 'projects'];

/** Takes whoever may become a service account out of its allow policy: workload identities first of all. */
export function removeTrustedMember(tokenOf: TokenOf): Action {
  return memberRemoval(tokenOf, {
    id: 'gcp/remove-trusted-member',
    parametersFor: ofTrust,
    permissions: ['iam.serviceAccounts.getIamPolicy', 'iam.serviceAccounts.setIamPolicy'],
  });
}

function ofGrant(subject: Subject): Parameters | null {
  if (subject.table !== 'grants' || subject.row.system !== 'gcp' || subject.row.state !== 'active')
    return null;
  const { principalUid, roleUid, scopeUid, resourceUid, condition } = subject.row;
  const resource = policyResource(scopeUid, resourceUid);
  return resource === null
    ? null
    : { resource, role: withoutPrefix(roleUid), member: withoutPrefix(principalUid), condition };
}

/** A trust that does not say by which role is one of workload identity where it names a federated member. */
function ofTrust(subject: Subject): Parameters | null {
  if (subject.table !== 'trusts' || subject.row.system !== 'gcp' || subject.row.certainty === 'claimed')
    return null;
  const { trusted, raw, condition } = subject.row;
  const resource = accountName(subject.identity);
  const [saidRole, saidMember] = [at(raw, 'role'), at(raw, 'member')];
  const member = typeof saidMember === 'string' ? saidMember : withoutPrefix(trusted);
  const role = typeof saidRole === 'string' ? saidRole : FEDERATED.test(member) ? WORKLOAD_USER : null;
  return resource === null || role === null ? null : { resource, role, member, condition };
}

function withoutPrefix(uid: string): string {
  return uid.replace(/^gcp:/u, '');
}
