import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';

export function identity(uid: string, more: Partial<Identity> = {}): Identity {
  return {
    uid,
    system: 'aws',
    scopeUid: 'aws:111111111111',
    kind: 'iam-role',
    name: uid,
    class: 'non-human',
    classReason: 'trusts a service',
    managedBy: 'customer',
    enabled: true,
    createdAt: '2024-05-06T07:08:09.010Z',
    tags: {},
    environment: null,
    providerId: null,
    raw: null,
    ...more,
  };
}

export function grant(principalUid: string, roleUid: string, more: Partial<Grant> = {}): Grant {
  return {
    uid: `${principalUid}->${roleUid}`,
    system: 'aws',
    scopeUid: 'aws:111111111111',
    principalUid,
    principalKind: 'identity',
    roleUid,
    kind: 'attached-policy',
    state: 'active',
    condition: null,
    resourceUid: null,
    createdAt: null,
    raw: null,
    ...more,
  };
}
