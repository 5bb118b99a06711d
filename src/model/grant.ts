import type { ManagedBy } from './identity.ts';
import type { Instant, Json, System, Uid } from './system.ts';

/** A named set of permissions: an IAM policy, a role definition, a Role or ClusterRole. Inline policies count. */
export interface Role {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  /** `managed-policy`, `inline-policy`, `role`, `cluster-role`, `role-definition`, `predefined-role`, `custom-role`, … */
  readonly kind: string;
  readonly name: string;
  readonly managedBy: ManagedBy;
  readonly createdAt: Instant | null;
  /** The permissions in the system's own form (a policy document, RBAC rules, role permissions); null: not collected. */
  readonly document: Json;
  /** What the document gives on its face, before conditions and guardrails; null: not collected or not understood. */
  readonly breadth: RoleBreadth | null;
  readonly raw: Json;
}

/**
 * `everything`: every action on everything in scope, without a condition. `all-actions`: a service or kind whole
 * (`s3:*`, verb `*`) but not everything. `all-resources`: named actions on every resource. `limited`: neither.
 */
export type RoleBreadth = 'everything' | 'all-actions' | 'all-resources' | 'limited';

/** `principalUid` holds `roleUid` over `scopeUid`: an attachment, a binding, an assignment. */
export interface Grant {
  readonly uid: Uid;
  readonly system: System;
  /** Where the rights apply: an account, a cluster, a namespace, a subscription, a project, a resource group. */
  readonly scopeUid: Uid;
  readonly principalUid: Uid;
  readonly principalKind: 'identity' | 'group' | 'everyone' | 'external';
  readonly roleUid: Uid;
  /** `attached-policy`, `inline-policy`, `role-binding`, `cluster-role-binding`, `role-assignment`, `iam-binding`, … */
  readonly kind: string;
  /** `eligible`: can be activated (PIM), is not held now. */
  readonly state: 'active' | 'eligible';
  /** The condition under which it holds, in the system's own form; null: none. */
  readonly condition: Json;
  /** The one resource that it is limited to, where it is narrower than the scope; null: the whole scope. */
  readonly resourceUid: Uid | null;
  readonly createdAt: Instant | null;
  readonly raw: Json;
}

/** A limit on what grants can give: it never grants. */
export interface Guardrail {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly kind:
    | 'permission-boundary'
    | 'service-control-policy'
    | 'resource-control-policy'
    | 'deny-assignment'
    | 'deny-policy'
    | 'principal-access-boundary'
    | 'admission-policy';
  /** The identity or scope that it limits. */
  readonly targetUid: Uid;
  /** The policy that holds the document, where it is a role of the snapshot. */
  readonly roleUid: Uid | null;
  /** The document itself, where no role holds it; null with `roleUid` null: not collected. */
  readonly document: Json;
  readonly raw: Json;
}

/** A policy on a resource (a bucket, a key, a role's trust policy): who may do what with it. */
export interface ResourcePolicy {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly resourceUid: Uid;
  /** `trust` for the policy that says who may become an identity, else the resource's type (`s3-bucket`, `kms-key`, …). */
  readonly kind: string;
  readonly document: Json;
}
