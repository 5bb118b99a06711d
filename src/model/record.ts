import type { Credential } from './credential.ts';
import type { DriftRecord } from './drift.ts';
import type { BecomeEdge, Entitlement } from './entitlement.ts';
import type { Finding, RuleResult } from './finding.ts';
import type { Grant, Guardrail, ResourcePolicy, Role } from './grant.ts';
import type { Group, Identity, Membership } from './identity.ts';
import type { LoggedWrite } from './logged-write.ts';
import type { Owner, Workload } from './owner.ts';
import type { Coverage, Scope } from './scope.ts';
import type { Trust } from './trust.ts';
import type { Usage } from './usage.ts';
import type { WaiverRecord } from './waiver.ts';

/** Every table of a snapshot that collectors fill, with the type of its rows. */
export interface CollectedRecords {
  readonly scopes: Scope;
  readonly identities: Identity;
  readonly groups: Group;
  readonly memberships: Membership;
  readonly credentials: Credential;
  readonly roles: Role;
  readonly grants: Grant;
  readonly guardrails: Guardrail;
  readonly resourcePolicies: ResourcePolicy;
  readonly trusts: Trust;
  readonly usages: Usage;
  readonly owners: Owner;
  readonly workloads: Workload;
  readonly loggedWrites: LoggedWrite;
  readonly coverage: Coverage;
}

/** Every table of a snapshot. The last ones are derived by the scan. */
export interface SnapshotRecords extends CollectedRecords {
  readonly entitlements: Entitlement;
  readonly edges: BecomeEdge;
  readonly drift: DriftRecord;
  readonly waivers: WaiverRecord;
  readonly findings: Finding;
  readonly ruleResults: RuleResult;
}

export type TableName = keyof SnapshotRecords;

/** One fact from a collector: a row for a table. */
export type Observation = {
  readonly [T in keyof CollectedRecords]: { readonly table: T; readonly row: CollectedRecords[T] };
}[keyof CollectedRecords];

/** Makes an observation; the compiler holds row to table. */
export function observe<T extends keyof CollectedRecords>(table: T, row: CollectedRecords[T]): Observation {
  // The union member for T is exactly this object; TypeScript cannot correlate the two type parameters.
  return { table, row } as Observation;
}
