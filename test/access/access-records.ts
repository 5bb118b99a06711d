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

/** The rows of all, table by table. */
export function mergeRecords(all: readonly AccessRecords[]): AccessRecords {
  return {
    scopes: all.flatMap(({ scopes }) => scopes),
    identities: all.flatMap(({ identities }) => identities),
    groups: all.flatMap(({ groups }) => groups),
    memberships: all.flatMap(({ memberships }) => memberships),
    credentials: all.flatMap(({ credentials }) => credentials),
    roles: all.flatMap(({ roles }) => roles),
    grants: all.flatMap(({ grants }) => grants),
    guardrails: all.flatMap(({ guardrails }) => guardrails),
    resourcePolicies: all.flatMap(({ resourcePolicies }) => resourcePolicies),
    trusts: all.flatMap(({ trusts }) => trusts),
    workloads: all.flatMap(({ workloads }) => workloads),
    coverage: all.flatMap(({ coverage }) => coverage),
  };
}
