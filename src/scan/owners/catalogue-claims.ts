import type { CatalogueEntity } from '#model/ownership.ts';
import type { Claim, OwnedIdentity } from './claims.ts';
import { fitsWildcard } from './wildcard.ts';

/** Joins an entity to identities by uid or pattern; several with commas between. */
const BY_UID = 'nhi-auditor/identity';
/** The annotations by which clusters name cloud identities: an ARN, a role's name, an address. */
const BY_NAME: readonly string[] = [
  'iam.amazonaws.com/role',
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
];
/** Joins an entity to objects with the same label: https://backstage.io/docs/features/kubernetes/configuration */
const BY_LABEL = 'backstage.io/kubernetes-id';

/**
 * The owners of the entities that name an identity in an annotation; where none does, of those that only have its name,
 * which is `inferred`.
 */
export function catalogueClaims(entities: readonly CatalogueEntity[]) {
  const byKey = new Map<string, Set<string>>();
  const add = (key: string, owner: string) => byKey.set(key, (byKey.get(key) ?? new Set()).add(owner));
  const patterns: { readonly pattern: string; readonly owner: string }[] = [];
  for (const { name, owner, annotations } of entities) {
    const uids = (annotations[BY_UID] ?? '').split(',').map((uid) => uid.trim());
    for (const uid of uids.filter((each) => each !== '')) {
      if (/[*?]/u.test(uid)) patterns.push({ pattern: uid, owner });
      else add(`uid ${uid}`, owner);
    }
    for (const key of BY_NAME) add(`uid ${annotations[key] ?? ''}`, owner);
    const role = annotations['iam.amazonaws.com/role'] ?? '';
    if (!role.startsWith('arn:')) add(`role ${role}`, owner);
    add(`uid gcp:serviceAccount:${annotations['iam.gke.io/gcp-service-account'] ?? ''}`, owner);
    add(`label ${annotations[BY_LABEL] ?? ''}`, owner);
    add(`name ${name}`, owner);
  }
  return ({ uid, kind, name, tags }: OwnedIdentity): readonly Claim[] => {
    const label = tags[BY_LABEL] ?? '';
    const keys = [
      `uid ${uid}`,
      ...(kind === 'iam-role' ? [`role ${name}`] : []),
      ...(label === '' ? [] : [`label ${label}`]),
    ];
    const named = new Set([
      ...keys.flatMap((key) => [...(byKey.get(key) ?? [])]),
      ...patterns.filter(({ pattern }) => fitsWildcard(pattern, uid)).map(({ owner }) => owner),
    ]);
    const state = named.size > 0 ? 'declared' : 'inferred';
    const owners = named.size > 0 ? named : (byKey.get(`name ${name}`) ?? []);
    return [...owners].map((owner) => ({ owner, source: 'backstage', state }));
  };
}
