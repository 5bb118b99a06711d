import type { Grant } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Estate } from '../estate.ts';
import { projectOfAccount } from '../naming.ts';
import type { Bound } from './bindings.ts';
import { isFederated, isServiceAgent } from './member.ts';

/** A grant for every member of every binding. */
export function* grantRows(estate: Estate): Generator<Observation> {
  for (const bound of estate.bindings) {
    const { uid, scopeUid, resource, role, member, principalUid, condition } = bound;
    yield observe('grants', {
      uid,
      system: 'gcp',
      scopeUid,
      principalUid,
      principalKind: principalKind(bound, estate),
      roleUid: `gcp:${role}`,
      kind: 'iam-binding',
      state: 'active',
      condition,
      resourceUid: resource,
      createdAt: null,
      raw: { role, member, condition },
    });
  }
}

function principalKind({ member, principalUid }: Bound, estate: Estate): Grant['principalKind'] {
  if (member === 'allUsers' || member === 'allAuthenticatedUsers') return 'everyone';
  if (member.startsWith('user:')) return 'identity';
  if (member.startsWith('serviceAccount:') && !isFederated(member)) {
    const email = principalUid.replace(/^gcp:serviceAccount:/u, '');
    if (estate.accounts.has(principalUid) || isServiceAgent(email)) return 'identity';
    const home = projectOfAccount(email, null);
    const isOwn = home !== null && estate.hierarchy.scopes.has(estate.naming.scopeUid(`projects/${home}`));
    return isOwn ? 'identity' : 'external';
  }
  return /^(?:group|domain|principalSet|projectOwner|projectEditor|projectViewer):/u.test(member)
    ? 'group'
    : 'external';
}
