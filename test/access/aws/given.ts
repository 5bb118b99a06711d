import type { AccessRecords } from '#access/engine.ts';
import type { Json } from '#model/system.ts';
import { accessRecords, mergeRecords } from '#test/access/access-records.ts';
import { documentOf, givenSchema, HOME, type IdentityInWorld } from './given-schema.ts';
import { organizationRecords, resourceRecords } from './given-scopes.ts';

/** The records of a world in shorthand. Throws where it is not one. */
export function recordsOf(given: unknown): AccessRecords {
  const world = givenSchema.parse(given);
  const parts = Object.entries(world.identities).map(([name, identity]) => identityRecords(name, identity));
  return mergeRecords([organizationRecords(world), resourceRecords(world), ...parts]);
}

/** The ARN of `user/ann`, `role/app`, `root` in the home account; an ARN is itself. */
export function arnOf(name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:iam::${HOME}:${name}`;
}

function identityRecords(name: string, identity: IdentityInWorld): AccessRecords {
  const uid = arnOf(name);
  const scopeUid = `aws:${uid.split(':')[4]}`;
  const friendly = name.split('/').at(-1) ?? name;
  const kind = friendly === 'root' ? 'root-user' : uid.includes(':role/') ? 'iam-role' : 'iam-user';
  const groups = Object.entries(identity.groups).map(([group, json]) => ({
    group: arnOf(`group/${group}`),
    json,
  }));
  const held = [
    ...identity.policies.map((json, index) =>
      policyRecords(uid, 'identity', scopeUid, `p${index + 1}`, json),
    ),
    ...groups.map(({ group, json }) => policyRecords(group, 'group', scopeUid, 'p1', json)),
  ];
  const boundary =
    identity.boundary === undefined ? [] : [boundaryRecords(uid, scopeUid, friendly, identity.boundary)];
  const self = accessRecords({
    identities: [
      {
        uid,
        system: 'aws',
        scopeUid,
        kind,
        name: friendly,
        class: 'non-human',
        managedBy: 'customer',
        enabled: true,
        createdAt: null,
        tags: identity.tags,
        environment: null,
        providerId: identity.id ?? null,
      },
    ],
    groups: groups.map(({ group }) => ({
      uid: group,
      system: 'aws',
      scopeUid,
      kind: 'iam-group',
      name: group.split('/').at(-1) ?? group,
      implicit: false,
    })),
    memberships: groups.map(({ group }) => ({
      groupUid: group,
      memberUid: uid,
      memberKind: 'identity',
      system: 'aws',
      scopeUid,
    })),
    resourcePolicies:
      identity.trust === undefined
        ? []
        : [
            {
              uid: `${uid}/trust`,
              system: 'aws',
              scopeUid,
              resourceUid: uid,
              kind: 'trust',
              document: documentOf(identity.trust),
            },
          ],
  });
  return mergeRecords([self, ...held, ...boundary]);
}

function policyRecords(
  holder: string,
  principalKind: 'identity' | 'group',
  scopeUid: string,
  name: string,
  json: Json,
): AccessRecords {
  const roleUid = `${holder}/inline/${name}`;
  return accessRecords({
    roles: [roleRow(roleUid, scopeUid, 'inline-policy', name, json)],
    grants: [
      {
        uid: `${holder}->${roleUid}`,
        system: 'aws',
        scopeUid,
        principalUid: holder,
        principalKind,
        roleUid,
        kind: 'inline-policy',
        state: 'active',
        condition: null,
        resourceUid: null,
        createdAt: null,
      },
    ],
  });
}

function boundaryRecords(uid: string, scopeUid: string, name: string, json: Json): AccessRecords {
  const roleUid = `arn:aws:iam::${scopeUid.slice(4)}:policy/${name}-boundary`;
  return accessRecords({
    roles: [roleRow(roleUid, scopeUid, 'managed-policy', `${name}-boundary`, json)],
    guardrails: [
      {
        uid: `${uid}/boundary`,
        system: 'aws',
        scopeUid,
        kind: 'permission-boundary',
        targetUid: uid,
        roleUid,
        document: null,
      },
    ],
  });
}

function roleRow(
  uid: string,
  scopeUid: string,
  kind: string,
  name: string,
  json: Json,
): AccessRecords['roles'][number] {
  return {
    uid,
    system: 'aws',
    scopeUid,
    kind,
    name,
    managedBy: 'customer',
    createdAt: null,
    document: documentOf(json),
    breadth: null,
  };
}
