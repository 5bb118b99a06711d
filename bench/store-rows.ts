import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';

/** Identities and twice as many grants, as AWS accounts have them; the same for the same seed. */
export function storeRows(count: number, seed: number): { identities: Identity[]; grants: Grant[] } {
  const random = seeded(seed);
  const identities = Array.from({ length: count }, (_, index) => identity(index, random));
  const grants = identities.flatMap(({ uid }) => [grant(uid, random), grant(uid, random)]);
  return { identities, grants };
}

function identity(index: number, random: () => number): Identity {
  const account = String(100_000_000_000 + Math.floor(random() * 20));
  const team = `team-${Math.floor(random() * 90)}`;
  const name = `${team}-app-${index}`;
  const uid = `arn:aws:iam::${account}:role/service/${name}`;
  const createdAt = new Date(Date.UTC(2020, 0, 1) + Math.floor(random() * 2e11)).toISOString();
  return {
    uid,
    system: 'aws',
    scopeUid: `aws:${account}`,
    kind: 'iam-role',
    name,
    class: 'non-human',
    classReason: 'only a service may assume it',
    managedBy: 'customer',
    enabled: true,
    createdAt,
    tags: { team, environment: 'production' },
    environment: 'production',
    providerId: `AROA${index.toString(36).toUpperCase().padStart(17, 'X')}`,
    raw: {
      Path: '/service/',
      RoleName: name,
      RoleId: `AROA${index}`,
      Arn: uid,
      CreateDate: createdAt,
      MaxSessionDuration: 3600,
      RoleLastUsed: { LastUsedDate: createdAt, Region: 'eu-west-1' },
      Tags: [
        { Key: 'team', Value: team },
        { Key: 'environment', Value: 'production' },
      ],
    },
  };
}

function grant(principalUid: string, random: () => number): Grant {
  const policy = `policy-${Math.floor(random() * 1e6)}`;
  const roleUid = `arn:aws:iam::100000000000:policy/${policy}`;
  return {
    uid: `${principalUid}->${roleUid}`,
    system: 'aws',
    scopeUid: principalUid.slice(0, 25),
    principalUid,
    principalKind: 'identity',
    roleUid,
    kind: 'attached-policy',
    state: 'active',
    condition: null,
    resourceUid: null,
    createdAt: null,
    raw: { PolicyName: policy, PolicyArn: roleUid },
  };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
