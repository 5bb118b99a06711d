import type { BecomeEdge, Capability, Certainty } from './entitlement.ts';
import type { Credential, LastUsedEvidence } from './credential.ts';
import type { Severity } from './finding.ts';
import type { Grant } from './grant.ts';
import type { IdentityClass, ManagedBy } from './identity.ts';
import type { Owner } from './owner.ts';
import type { Instant, Json, System, Uid } from './system.ts';
import type { Trust } from './trust.ts';
import type { Usage } from './usage.ts';

/*
 * Everything that a snapshot knows of one identity, as `nhi show --format json` prints it: rows with the names of their
 * columns. They are type aliases and not interfaces, so that they are rows by column name too.
 */

/** All of it, every list sorted. */
export type Dossier = {
  /** null: the snapshot has no such identity, though others may name it. */
  readonly identity: IdentityRow | null;
  readonly credentials: readonly CredentialRow[];
  readonly grants: readonly GrantRow[];
  readonly entitlements: readonly EntitlementRow[];
  readonly trusted_by: readonly TrustRow[];
  readonly becomes: readonly (StepRow & { readonly to_uid: Uid })[];
  readonly become_by: readonly (StepRow & { readonly from_uid: Uid })[];
  readonly usages: readonly UsageRow[];
  readonly owners: readonly OwnerRow[];
  readonly workloads: readonly WorkloadRow[];
  readonly findings: readonly FindingRow[];
};

export type IdentityRow = {
  readonly uid: Uid;
  readonly system: System;
  readonly scope_uid: Uid;
  readonly kind: string;
  readonly name: string;
  readonly class: IdentityClass;
  readonly class_reason: string;
  readonly managed_by: ManagedBy;
  readonly enabled: boolean | null;
  readonly created_at: Instant | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: string | null;
  readonly provider_id: string | null;
  readonly raw: Json;
};

export type CredentialRow = {
  readonly uid: Uid;
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean | null;
  readonly created_at: Instant | null;
  readonly expires_at: Instant | null;
  readonly last_used_at: Instant | null;
  readonly last_used_evidence: LastUsedEvidence;
};

export type GrantRow = {
  readonly grant_uid: Uid;
  readonly role_uid: Uid;
  /** null: the role was not collected. */
  readonly role: string | null;
  readonly breadth: string | null;
  readonly scope_uid: Uid;
  readonly kind: string;
  readonly state: Grant['state'];
  readonly condition: Json;
  readonly resource_uid: Uid | null;
  readonly via_group: Uid | null;
};

export type EntitlementRow = {
  readonly capability: Capability;
  readonly scope_uid: Uid;
  readonly certainty: Certainty;
  readonly via: readonly Uid[];
};

export type TrustRow = {
  readonly trusted: string;
  readonly trusted_kind: Trust['trustedKind'];
  readonly mechanism: string;
  readonly condition: Json;
  readonly external: boolean | null;
  readonly certainty: Trust['certainty'];
};

export type StepRow = {
  readonly via: string;
  readonly permissions: readonly string[];
  readonly certainty: BecomeEdge['certainty'];
};

export type UsageRow = {
  readonly subject: Usage['subject'];
  readonly permission: string | null;
  readonly credential_uid: Credential['uid'] | null;
  readonly last_used_at: Instant | null;
  readonly window_start: Instant | null;
  readonly window_end: Instant | null;
  readonly source: string;
  readonly blind_spots: readonly string[];
};

export type OwnerRow = {
  readonly owner: string;
  readonly kind: Owner['kind'];
  readonly source: string;
  readonly state: Owner['state'];
};

export type WorkloadRow = {
  readonly uid: Uid;
  readonly kind: string;
  readonly name: string;
  readonly scope_uid: Uid;
  readonly environment: string | null;
};

/** A finding with the names that people know it by. */
export type FindingRow = {
  readonly id: string;
  readonly severity: Severity;
  readonly status: 'fail' | 'unknown';
  readonly category: string;
  readonly rule_id: string;
  readonly title: string;
  readonly system: System | null;
  readonly scope_uid: Uid | null;
  readonly identity_uid: Uid | null;
  readonly identity_name: string | null;
  readonly subject_uid: Uid | null;
  readonly owner: string | null;
  readonly evidence: Json;
  readonly playbook: string | null;
  readonly first_seen_at: Instant;
};
