import type { Decision } from '#model/decision.ts';
import type { BecomeEdge, Entitlement } from '#model/entitlement.ts';
import type { Grant, Guardrail, ResourcePolicy, Role } from '#model/grant.ts';
import type { Group, Identity, Membership } from '#model/identity.ts';
import type { Workload } from '#model/owner.ts';
import type { Credential } from '#model/credential.ts';
import type { Coverage, Scope } from '#model/scope.ts';
import type { Json, System, Uid } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';

/** What of the model decides access: a whole system, or only what one question needs. */
export interface AccessRecords {
  readonly scopes: readonly Omit<Scope, 'raw'>[];
  readonly identities: readonly Omit<Identity, 'raw' | 'classReason'>[];
  readonly groups: readonly Omit<Group, 'raw'>[];
  readonly memberships: readonly Membership[];
  readonly credentials: readonly Pick<Credential, 'uid' | 'identityUid' | 'kind' | 'enabled'>[];
  readonly roles: readonly Omit<Role, 'raw'>[];
  readonly grants: readonly Omit<Grant, 'raw'>[];
  readonly guardrails: readonly Omit<Guardrail, 'raw'>[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  readonly trusts: readonly Omit<Trust, 'raw'>[];
  readonly workloads: readonly Workload[];
  readonly coverage: readonly Coverage[];
}

/** May `principal` do `action` on `resource`? For AWS, Azure and Google Cloud. */
export interface CloudRequest {
  /** A uid or the system's own name (an ARN, a member, an object id). */
  readonly principal: string;
  readonly action: string;
  /** null: any resource, asked as the system asks for actions without one. */
  readonly resource: string | null;
  /** The account, subscription or project, where several could answer. */
  readonly scope?: Uid;
  /** Condition keys whose values the request would carry; all others are open. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** AWS: the policies that were passed when the role was assumed; they limit the session and grant nothing. */
  readonly sessionPolicies?: readonly Json[];
}

/** A SubjectAccessReview's attributes. */
export interface KubernetesRequest {
  /** A user name (`system:serviceaccount:ns:name`, any other) or a uid. */
  readonly principal: string;
  /** All the groups; undefined: the implicit ones of the principal. */
  readonly groups?: readonly string[];
  readonly scope?: Uid;
  readonly verb: string;
  /** A path makes it a non-resource request. */
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** The effective access of one system, built once from its records. Pure: no clock, no input or output. */
export interface SystemAccess<Request> {
  readonly system: System;
  readonly decide: (request: Request) => Decision;
  /** What every identity of the records can do, by capability and scope, strongest certainty, merged. */
  readonly entitlements: () => Iterable<Entitlement>;
  /** Who can become whom in one step, within this system and at its borders. */
  readonly edges: () => Iterable<BecomeEdge>;
  /** What could not be taken into account (a document that does not parse, a missing role): for coverage. */
  readonly gaps: () => readonly Coverage[];
}
