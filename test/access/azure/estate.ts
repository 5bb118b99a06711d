import { z } from 'zod';
import type { AccessRecords } from '#access/engine.ts';
import { isOnResources } from '#access/azure/estate.ts';
import { RESOURCE_ID_TAG } from '#access/azure/hierarchy.ts';
import { FEEDS } from '#model/scope.ts';
import type { Json } from '#model/system.ts';
import { accessRecords } from '../access-records.ts';

/** Subscription `s` below the management groups `team` and `root` of tenant `t`. */
const SCOPES = {
  '/subscriptions/s': '/providers/microsoft.management/managementgroups/team',
  '/providers/microsoft.management/managementgroups/team':
    '/providers/microsoft.management/managementgroups/root',
  '/providers/microsoft.management/managementgroups/root': 'entra:t',
};

const permission = z.record(z.string(), z.json());

/** The shorthand of Azure's truth tables. A role is one element of permissions or several; `null`: not collected. */
const shorthand = z.strictObject({
  scopes: z.record(z.string(), z.string().nullable()).default(SCOPES),
  roles: z.record(z.string(), z.union([z.null(), permission, z.array(permission)])).default({}),
  directoryRoles: z.record(z.string(), z.array(z.string()).nullable()).default({}),
  assign: z
    .array(
      z.strictObject({
        role: z.string(),
        to: z.string().default('sp'),
        at: z.string().default('/subscriptions/s'),
        if: z.string().exactOptional(),
        eligible: z.boolean().default(false),
        over: z.string().exactOptional(),
        kind: z
          .enum([
            'role-assignment',
            'vault-access-policy',
            'directory-role-assignment',
            'app-role-assignment',
            'oauth2-permission-grant',
          ])
          .default('role-assignment'),
      }),
    )
    .default([]),
  deny: z.array(z.strictObject({ at: z.string(), document: z.json() })).default([]),
  groups: z.record(z.string(), z.array(z.string())).default({}),
  identities: z.record(z.string(), z.string()).default({}),
  resources: z.record(z.string(), z.string()).default({}),
  workloads: z.record(z.string(), z.string()).default({}),
  trusts: z.array(z.tuple([z.string(), z.string(), z.string()])).default([]),
  gaps: z.array(z.tuple([z.enum(FEEDS), z.string(), z.string()])).default([]),
});

/** `sp` → the uid of the principal or group of that name. */
export function uidOf(name: string, groups: Readonly<Record<string, unknown>> = {}): string {
  return `entra:t:${name in groups ? 'group' : 'serviceprincipal'}:${name}`;
}

/** Turns the shorthand into records as the collector would write them. */
export function azureRecords(given: Json): AccessRecords {
  const world = shorthand.parse(given);
  const base = { system: 'azure' as const, scopeUid: 'entra:t' };
  const uid = (name: string) => uidOf(name, world.groups);
  const role = (name: string, kind: string, document: Json) => ({
    ...base,
    uid: kind === 'directory-role' ? `entra:t:directoryrole:${name}` : `/roledefinitions/${name}`,
    kind,
    name,
    managedBy: 'provider' as const,
    createdAt: null,
    document,
    breadth: null,
  });
  return accessRecords({
    scopes: Object.entries(world.scopes).map(([scope, parent]) => ({
      system: 'azure',
      uid: scope,
      kind: scope.startsWith('/subscriptions') ? 'subscription' : 'management-group',
      name: scope,
      parentUid: parent,
      environment: null,
      tags: {},
    })),
    identities: Object.entries(world.identities).map(([name, kind]) => ({
      ...base,
      uid: uid(name),
      kind,
      name,
      class: 'non-human',
      managedBy: 'customer',
      enabled: true,
      createdAt: null,
      tags: world.resources[name] === undefined ? {} : { [RESOURCE_ID_TAG]: world.resources[name] },
      environment: null,
      providerId: name,
    })),
    groups: Object.keys(world.groups).map((name) => ({
      ...base,
      uid: uid(name),
      kind: 'group',
      name,
      implicit: false,
    })),
    roles: [
      ...Object.entries(world.roles).map(([name, element]) =>
        role(
          name,
          'role-definition',
          element === null ? null : { permissions: Array.isArray(element) ? element : [element] },
        ),
      ),
      ...Object.entries(world.directoryRoles).map(([name, actions]) =>
        role(
          name,
          'directory-role',
          actions === null ? null : { rolePermissions: [{ allowedResourceActions: actions }] },
        ),
      ),
    ],
    grants: world.assign.map(({ role: name, to, at, if: condition, eligible, over, kind }, index) => ({
      system: 'azure',
      uid: `assignment-${index}`,
      scopeUid: isOnResources(kind) ? at : 'entra:t',
      principalUid: uid(to),
      principalKind: to in world.groups ? ('group' as const) : ('identity' as const),
      roleUid:
        kind === 'directory-role-assignment'
          ? `entra:t:directoryrole:${name}`
          : isOnResources(kind)
            ? `/roledefinitions/${name}`
            : name,
      kind,
      state: eligible ? ('eligible' as const) : ('active' as const),
      condition: condition ?? null,
      resourceUid: over ?? null,
      createdAt: null,
    })),
    guardrails: world.deny.map(({ at, document }, index) => ({
      system: 'azure',
      uid: `deny-${index}`,
      scopeUid: at,
      kind: 'deny-assignment',
      targetUid: at,
      roleUid: null,
      document,
    })),
    memberships: Object.entries(world.groups).flatMap(([group, members]) =>
      members.map((member) => ({
        ...base,
        groupUid: uid(group),
        memberUid: uid(member),
        memberKind: member in world.groups ? ('group' as const) : ('identity' as const),
      })),
    ),
    workloads: Object.entries(world.workloads).map(([resource, name]) => ({
      ...base,
      uid: resource,
      identityUid: uid(name),
      kind: 'workload',
      name: resource,
      environment: null,
    })),
    trusts: world.trusts.map(([trusted, identity, mechanism], index) => ({
      ...base,
      uid: `trust-${index}`,
      identityUid: uid(identity),
      trusted: uid(trusted),
      trustedKind: 'identity' as const,
      mechanism,
      condition: null,
      external: false,
      certainty: 'certain' as const,
    })),
    coverage: world.gaps.map(([feed, scope, detail]) => ({
      system: 'azure',
      scopeUid: scope,
      feed,
      call: 'test',
      status: 'denied' as const,
      missingPermission: null,
      detail,
    })),
  });
}
