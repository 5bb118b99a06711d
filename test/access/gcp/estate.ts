import { z } from 'zod';
import type { AccessRecords } from '#access/engine.ts';
import { PROJECT_NUMBER_TAG } from '#access/gcp/hierarchy.ts';
import { FEEDS } from '#model/scope.ts';
import type { Json } from '#model/system.ts';
import { accessRecords } from '../access-records.ts';

/** The shorthand of Google Cloud's truth tables: scopes with their parents, roles, policies, groups, gaps. */
const shorthand = z.strictObject({
  scopes: z
    .record(z.string(), z.string().nullable())
    .default({ 'organizations/1': null, 'folders/2': 'organizations/1', 'projects/p': 'folders/2' }),
  numbers: z.record(z.string(), z.string()).default({}),
  roles: z.record(z.string(), z.json()).default({}),
  allow: z
    .array(
      z.strictObject({
        on: z.string(),
        in: z.string().exactOptional(),
        role: z.string(),
        members: z.array(z.string()),
        if: z.string().exactOptional(),
      }),
    )
    .default([]),
  deny: z.array(z.strictObject({ on: z.string(), rules: z.json() })).default([]),
  boundaries: z
    .array(z.strictObject({ on: z.string(), resources: z.json(), condition: z.json().default(null) }))
    .default([]),
  groups: z.record(z.string(), z.array(z.string())).default({}),
  gaps: z.array(z.tuple([z.enum(FEEDS), z.string(), z.string()])).default([]),
  identities: z.array(z.string()).default([]),
});

/** Turns the shorthand into records as the collector would write them. */
export function gcpRecords(given: Json): AccessRecords {
  const world = shorthand.parse(given);
  const base = { system: 'gcp' as const };
  return accessRecords({
    scopes: Object.entries(world.scopes).map(([name, parent]) => ({
      ...base,
      uid: `gcp:${name}`,
      kind: name.replace(/s\/.*$/u, ''),
      name,
      parentUid: parent === null ? null : `gcp:${parent}`,
      environment: null,
      tags: world.numbers[name] === undefined ? {} : { [PROJECT_NUMBER_TAG]: world.numbers[name] },
    })),
    identities: world.identities.map((member) => ({
      ...base,
      uid: `gcp:${member}`,
      scopeUid: `gcp:projects/${/@([^.]+)\./u.exec(member)?.[1] ?? 'p'}`,
      kind: member.startsWith('serviceAccount:') ? 'service-account' : 'user',
      name: member,
      class: 'non-human',
      managedBy: 'customer',
      enabled: true,
      createdAt: null,
      tags: {},
      environment: null,
      providerId: null,
    })),
    roles: Object.entries(world.roles).map(([name, held]) => ({
      ...base,
      uid: `gcp:${name}`,
      scopeUid: 'gcp:organizations/1',
      kind: name.startsWith('roles/') ? 'predefined-role' : 'custom-role',
      name,
      managedBy: name.startsWith('roles/') ? ('provider' as const) : ('customer' as const),
      createdAt: null,
      document: Array.isArray(held) ? { includedPermissions: held } : held,
      breadth: null,
    })),
    grants: world.allow.flatMap(({ on, in: inside, role, members, if: expression }, at) =>
      members.map((member) => ({
        ...base,
        uid: `${on}#${at}#${role}#${member}`,
        scopeUid: `gcp:${on.startsWith('//') ? (inside ?? 'projects/p') : on}`,
        principalUid: `gcp:${member}`,
        principalKind: 'identity' as const,
        roleUid: `gcp:${role}`,
        kind: 'iam-binding',
        state: 'active' as const,
        condition: expression === undefined ? null : { title: 'when', expression },
        resourceUid: on.startsWith('//') ? on : null,
        createdAt: null,
      })),
    ),
    guardrails: [
      ...world.deny.map(({ on, rules }, at) => ({
        ...base,
        uid: `deny-${at}`,
        scopeUid: `gcp:${on}`,
        kind: 'deny-policy' as const,
        targetUid: `gcp:${on}`,
        roleUid: null,
        document: { rules },
      })),
      ...world.boundaries.map(({ on, resources, condition }, at) => ({
        ...base,
        uid: `boundary-${at}`,
        scopeUid: 'gcp:organizations/1',
        kind: 'principal-access-boundary' as const,
        targetUid: `gcp:${on}`,
        roleUid: null,
        document: { details: { rules: [{ resources, effect: 'ALLOW' }] }, condition },
      })),
    ],
    memberships: Object.entries(world.groups).flatMap(([group, members]) =>
      members.map((member) => ({
        ...base,
        groupUid: `gcp:${group}`,
        memberUid: `gcp:${member}`,
        memberKind: member.startsWith('group:') ? ('group' as const) : ('identity' as const),
        scopeUid: 'gcp:organizations/1',
      })),
    ),
    coverage: world.gaps.map(([feed, scope, detail]) => ({
      ...base,
      scopeUid: `gcp:${scope}`,
      feed,
      call: 'test',
      status: 'denied' as const,
      missingPermission: null,
      detail,
    })),
  });
}
