import type { AccessRecords } from '#access/engine.ts';

/** Records with the given tables; all others are empty. */
export function accessRecords(tables: Partial<AccessRecords>): AccessRecords {
  return {
    scopes: [],
    identities: [],
    groups: [],
    memberships: [],
    credentials: [],
    roles: [],
    grants: [],
    guardrails: [],
    resourcePolicies: [],
    trusts: [],
    workloads: [],
    coverage: [],
    ...tables,
  };
}
