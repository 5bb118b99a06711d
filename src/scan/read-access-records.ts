import { policyHolders } from '#access/aws/resource-side.ts';
import type { AccessRecords } from '#access/engine.ts';
import type { System, Uid } from '#model/system.ts';
import type { Params, Reader } from '#store/reader.ts';

type Table = keyof AccessRecords;

/** The columns that decide access, by table: everything that `AccessRecords` names and nothing else. */
const COLUMNS: Readonly<Record<Table, readonly string[]>> = {
  scopes: ['uid', 'system', 'kind', 'name', 'parentUid', 'environment', 'tags'],
  identities: [
    'uid',
    'system',
    'scopeUid',
    'kind',
    'name',
    'class',
    'managedBy',
    'enabled',
    'createdAt',
    'tags',
    'environment',
    'providerId',
  ],
  groups: ['uid', 'system', 'scopeUid', 'kind', 'name', 'implicit'],
  memberships: ['groupUid', 'memberUid', 'memberKind', 'system', 'scopeUid'],
  credentials: ['uid', 'identityUid', 'kind', 'enabled'],
  roles: ['uid', 'system', 'scopeUid', 'kind', 'name', 'managedBy', 'createdAt', 'document', 'breadth'],
  grants: [
    'uid',
    'system',
    'scopeUid',
    'principalUid',
    'principalKind',
    'roleUid',
    'kind',
    'state',
    'condition',
    'resourceUid',
    'createdAt',
  ],
  guardrails: ['uid', 'system', 'scopeUid', 'kind', 'targetUid', 'roleUid', 'document'],
  resourcePolicies: ['uid', 'system', 'scopeUid', 'resourceUid', 'kind', 'document'],
  trusts: [
    'uid',
    'system',
    'scopeUid',
    'identityUid',
    'trusted',
    'trustedKind',
    'mechanism',
    'condition',
    'external',
    'certainty',
  ],
  workloads: ['uid', 'system', 'scopeUid', 'identityUid', 'kind', 'name', 'environment'],
  coverage: ['system', 'scopeUid', 'feed', 'call', 'status', 'missingPermission', 'detail'],
};

/** Everything of one system that decides access. */
export async function readAccessRecords(reader: Reader, system: System): Promise<AccessRecords> {
  const where = 'system = $system';
  const params = { system };
  return {
    scopes: await select(reader, 'scopes', where, params),
    identities: await select(reader, 'identities', where, params),
    groups: await select(reader, 'groups', where, params),
    memberships: await select(reader, 'memberships', where, params),
    credentials: await select(reader, 'credentials', where, params),
    roles: await select(reader, 'roles', where, params),
    grants: await select(reader, 'grants', where, params),
    guardrails: await select(reader, 'guardrails', where, params),
    resourcePolicies: await select(reader, 'resourcePolicies', where, params),
    trusts: await select(reader, 'trusts', where, params),
    workloads: await select(reader, 'workloads', where, params),
    coverage: await select(reader, 'coverage', where, params),
  };
}

/**
 * As readAccessRecords, but only what a question about these principals needs: their own grants, memberships and
 * limits, and no other identity's. Policies of resources and trusts are limited to `resources`.
 */
export async function readAccessRecordsOf(
  reader: Reader,
  system: System,
  principals: readonly Uid[],
  resources: readonly Uid[],
): Promise<AccessRecords> {
  const groups = await reader.all<{ uid: string }>(
    `WITH RECURSIVE above(uid) AS (
       SELECT group_uid FROM memberships WHERE list_contains($principals, member_uid)
       UNION SELECT m.group_uid FROM memberships m JOIN above ON m.member_uid = above.uid)
     SELECT uid FROM above`,
    { principals },
  );
  const holders = [...principals, ...groups.map(({ uid }) => uid)];
  const all = { system };
  // A policy of a bucket speaks of its objects; who limits the resource, if it is an identity, counts as well.
  const policed = system === 'aws' ? resources.flatMap(policyHolders) : resources;
  const held = { system, holders };
  const limited = { system, holders: [...holders, ...resources] };
  const grants = await select(
    reader,
    'grants',
    `system = $system AND (list_contains($holders, principal_uid) OR principal_kind = 'everyone')`,
    held,
  );
  const guardrails = await select(
    reader,
    'guardrails',
    `system = $system AND (list_contains($holders, target_uid) OR target_uid IN (FROM (SELECT uid FROM scopes)))`,
    limited,
  );
  const roleUids = [
    ...new Set([...grants.map((row) => row.roleUid), ...guardrails.flatMap((row) => row.roleUid ?? [])]),
  ];
  const at = { system, resources: [...policed, ...principals] };
  return {
    scopes: await select(reader, 'scopes', 'system = $system', all),
    identities: await select(reader, 'identities', `system = $system AND list_contains($resources, uid)`, at),
    groups: await select(reader, 'groups', `system = $system AND list_contains($holders, uid)`, held),
    memberships: await select(
      reader,
      'memberships',
      `system = $system AND list_contains($holders, member_uid)`,
      held,
    ),
    credentials: [],
    roles: await select(reader, 'roles', 'system = $system AND list_contains($roles, uid)', {
      system,
      roles: roleUids,
    }),
    grants,
    guardrails,
    resourcePolicies: await select(
      reader,
      'resourcePolicies',
      `system = $system AND list_contains($resources, resource_uid)`,
      at,
    ),
    trusts: await select(
      reader,
      'trusts',
      `system = $system AND list_contains($resources, identity_uid)`,
      at,
    ),
    workloads: [],
    coverage: await select(reader, 'coverage', 'system = $system', all),
  };
}

function select<T extends Table>(
  reader: Reader,
  table: T,
  where: string,
  params: Params,
): Promise<AccessRecords[T][number][]> {
  const columns = COLUMNS[table].map((field) => `${snake(field)} AS "${field}"`).join(', ');
  // `credentials` has a system as every table has; the aliases are exactly the fields of the record type.
  return reader.all<AccessRecords[T][number] & object>(
    `SELECT ${columns} FROM ${snake(table)} WHERE ${where}`,
    params,
  );
}

function snake(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
