import type { Grant, Guardrail, ResourcePolicy, Role } from '#model/grant.ts';
import type { Trust } from '#model/trust.ts';
import { json, optionalFlag, optionalText, optionalTime, text } from '../columns.ts';
import type { Table } from './table.ts';

export const roles: Table<Role> = {
  about:
    'Named sets of permissions: IAM policies (inline ones too), role definitions, Roles and ClusterRoles.',
  feed: 'roles',
  columns: {
    uid: text('Names the role in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text(
      'The scope that it is defined in (`scopes.uid`); `aws:aws` and the like for the provider’s own.',
    ),
    kind: text(
      '`managed-policy`, `inline-policy`, `role`, `cluster-role`, `role-definition`, `predefined-role`, …',
    ),
    name: text('Its name in its own system.'),
    managedBy: text('`customer`, or `provider` for the provider’s predefined ones.'),
    createdAt: optionalTime('When it was made; NULL where not known.'),
    document: json('The permissions in the system’s own form; NULL: not collected or not understood.'),
    breadth: optionalText(
      'On its face, before conditions and guardrails. `everything`: every action on everything. `all-actions`: a service or kind whole. `all-resources`: named actions on every resource. `limited`: neither. NULL: not collected or not understood.',
    ),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const grants: Table<Grant> = {
  about:
    'Who holds which role where: attachments, bindings, assignments. `effective_grants` also follows groups.',
  feed: 'grants',
  columns: {
    uid: text('Names the grant in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text(
      'Where the rights apply (`scopes.uid`): an account, cluster, namespace, subscription, project.',
    ),
    principalUid: text(
      'Who holds it (`identities.uid` or `groups.uid`, or what the system writes for others).',
    ),
    principalKind: text('`identity`, `group`, `everyone` or `external`.'),
    roleUid: text('What is held (`roles.uid`; the role may be missing, which is a finding).'),
    kind: text(
      '`attached-policy`, `inline-policy`, `role-binding`, `cluster-role-binding`, `role-assignment`, …',
    ),
    state: text('`active`, or `eligible` where it can be activated and is not held now.'),
    condition: json('The condition under which it holds, in the system’s own form; NULL: none.'),
    resourceUid: optionalText('The one resource that it is limited to; NULL: the whole scope.'),
    createdAt: optionalTime('When it was made; NULL where not known.'),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const guardrails: Table<Guardrail> = {
  about:
    'Limits on what grants can give: permission boundaries, organisation policies, deny policies. They never grant.',
  feed: 'guardrails',
  columns: {
    uid: text('Names the guardrail in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope that it is defined in (`scopes.uid`).'),
    kind: text(
      '`permission-boundary`, `service-control-policy`, `resource-control-policy`, `deny-assignment`, `deny-policy`, `principal-access-boundary` or `admission-policy`.',
    ),
    targetUid: text('What it limits (`identities.uid` or `scopes.uid`).'),
    roleUid: optionalText('The policy that holds the document (`roles.uid`); NULL where `document` has it.'),
    document: json('The document itself where no role holds it; NULL with `role_uid` NULL: not collected.'),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const resourcePolicies: Table<ResourcePolicy> = {
  about: 'Policies on resources (a bucket, a key, a role’s trust policy): who may do what with them.',
  feed: 'resource-policies',
  columns: {
    uid: text('Names the policy in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope of the resource (`scopes.uid`).'),
    resourceUid: text('The resource that carries it; for `trust` the identity (`identities.uid`).'),
    kind: text(
      '`trust` for who may become an identity, else the resource’s type (`s3-bucket`, `kms-key`, …).',
    ),
    document: json('The policy in the system’s own form; NULL: not collected or not understood.'),
  },
};

export const trusts: Table<Trust> = {
  about:
    'Who may become an identity, as the side that trusts says: one row for each trusted party and mechanism.',
  feed: 'trusts',
  columns: {
    uid: text('Names the trust in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope of the identity (`scopes.uid`).'),
    identityUid: text('The identity that can be become (`identities.uid`).'),
    trusted: text('Who may: a uid, an account, a service name, a federation provider, or `*`.'),
    trustedKind: text(
      '`everyone`, `account`, `organization`, `identity`, `group`, `service`, `federation-provider`, `federated-subject` or `deleted-principal`.',
    ),
    mechanism: text('How: `sts:AssumeRole`, `sts:AssumeRoleWithWebIdentity`, `federated-credential`, …'),
    condition: json('The condition in the system’s own form; NULL: none.'),
    external: optionalFlag(
      'True: outside the accounts, tenants and projects of the same owner; NULL: not known.',
    ),
    certainty: text('`certain`, `conditional`, or `claimed` where only the side that wants access says so.'),
    raw: json('What the provider said about it, as it said it.'),
  },
};
