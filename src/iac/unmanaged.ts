import type { Unmanaged } from '#model/drift.ts';
import type { Grant, Role } from '#model/grant.ts';
import { observe, type CollectedRecords, type Observation } from '#model/record.ts';
import type { System, Uid } from '#model/system.ts';
import { tableRows } from '#store/read/table-rows.ts';
import type { Reader } from '#store/reader.ts';
import type { Proposal } from './proposal.ts';
import { isPartOf } from './propose.ts';
import { idOf } from './rows.ts';

/**
 * What customers made in the places where the code describes something, and no code describes: non-human identities,
 * their credentials, grants and trusts, with the capabilities that each gives. Sorted by kind and uid.
 */
export async function unmanagedIn(reader: Reader, { after, owned }: Proposal): Promise<Unmanaged[]> {
  const described = new Set(after.map(idOf));
  const places = new Set(after.flatMap((each) => placesOf(each, owned)));
  if (places.size === 0) return [];
  const context = await contextOf(reader);
  const found: Unmanaged[] = [];
  for (const table of JUDGED) {
    for await (const rows of tableRows(reader, table)) {
      for (const row of rows) {
        const each = observe(table, row);
        if (!isJudged(each) || described.has(idOf(each)) || isPartOf(each, owned)) continue;
        if (!places.has(placeOf(row.system, row.scopeUid))) continue;
        const unmanaged = describe(each, context);
        if (unmanaged !== null) found.push(unmanaged);
      }
    }
  }
  return found.toSorted((a, b) => compareText(`${a.kind} ${a.uid}`, `${b.kind} ${b.uid}`));
}

/** Where code describes something: what it only names is somebody else's. */
function placesOf(each: Observation, owned: ReadonlySet<Uid>): string[] {
  if (!isJudged(each) && each.table !== 'roles') return [];
  const { system, scopeUid, uid } = each.row;
  if ((each.table === 'identities' || each.table === 'roles') && !owned.has(uid)) return [];
  return [placeOf(system, scopeUid)];
}

const JUDGED = ['identities', 'credentials', 'grants', 'trusts'] as const;

type Judged = Extract<Observation, { readonly table: (typeof JUDGED)[number] }>;

function isJudged(each: Observation): each is Judged {
  return JUDGED.some((table) => table === each.table);
}

/** An account, a project, a cluster with all its namespaces; assignments of Azure are made all over a tenant. */
function placeOf(system: System, scopeUid: Uid): string {
  if (system === 'azure') return system;
  return system === 'kubernetes' ? scopeUid.replace(/:namespace:[^:]*$/u, '') : scopeUid;
}

interface Context {
  readonly identities: ReadonlyMap<Uid, Pick<CollectedRecords['identities'], 'class' | 'managedBy'>>;
  readonly roles: ReadonlyMap<Uid, Pick<Role, 'name' | 'managedBy'>>;
  /** Capabilities by the grant or trust that gives them, and by the identity that has them. */
  readonly gives: ReadonlyMap<Uid, readonly string[]>;
}

async function contextOf(reader: Reader): Promise<Context> {
  const identities = await reader.all<
    { uid: Uid } & Pick<CollectedRecords['identities'], 'class' | 'managedBy'>
  >('SELECT uid, class, managed_by AS "managedBy" FROM identities');
  const roles = await reader.all<{ uid: Uid } & Pick<Role, 'name' | 'managedBy'>>(
    'SELECT uid, name, managed_by AS "managedBy" FROM roles',
  );
  const gives = await reader.all<{ uid: Uid; capabilities: string[] }>(
    `SELECT uid, list_sort(list(DISTINCT capability)) AS capabilities FROM (
       SELECT unnest(via) AS uid, capability FROM entitlements WHERE certainty <> 'unknown'
       UNION ALL SELECT identity_uid, capability FROM entitlements WHERE certainty <> 'unknown'
     ) GROUP BY uid`,
  );
  return {
    identities: new Map(identities.map((row) => [row.uid, row])),
    roles: new Map(roles.map((row) => [row.uid, row])),
    gives: new Map(gives.map(({ uid, capabilities }) => [uid, capabilities])),
  };
}

/** null: it is the provider's, a person's, or nothing that code would describe. */
function describe(each: Judged, { identities, roles, gives }: Context): Unmanaged | null {
  const about = (
    kind: Unmanaged['kind'],
    row: { readonly uid: Uid; readonly system: System; readonly scopeUid: Uid },
    identityUid: Uid,
    what: string,
  ): Unmanaged | null => {
    const identity = identities.get(identityUid);
    if (identity?.managedBy === 'provider') return null;
    if (kind !== 'grant' && identity?.class === 'human') return null;
    const { uid, system, scopeUid } = row;
    return { kind, uid, system, scopeUid, identityUid, what, gives: gives.get(uid) ?? [] };
  };
  switch (each.table) {
    case 'identities': {
      const { kind, name, uid, system } = each.row;
      // Names in bindings are nothing that code makes, and every namespace has its default ServiceAccount.
      if (system === 'kubernetes' && (kind !== 'service-account' || name === 'default')) return null;
      return about('identity', each.row, uid, `${kind} ${name}`);
    }
    case 'credentials':
      return about('credential', each.row, each.row.identityUid, `${each.row.kind} ${each.row.name}`);
    case 'grants': {
      const { principalUid, roleUid, scopeUid, resourceUid } = each.row;
      if (isOfKubernetesItself(each.row, roles.get(roleUid), gives.get(each.row.uid) ?? [])) return null;
      const role = roles.get(roleUid)?.name ?? roleUid;
      return about('grant', each.row, principalUid, `${role} on ${resourceUid ?? scopeUid}`);
    }
    case 'trusts': {
      const { identityUid, trusted, mechanism, system } = each.row;
      // Those of AWS and Kubernetes are parts of what they are written on.
      if (system === 'aws' || system === 'kubernetes') return null;
      return about('trust', each.row, identityUid, `${trusted} by ${mechanism}`);
    }
  }
}

/**
 * Bindings that the API server itself makes and keeps, by their names, which anybody may give: so that only what gives
 * next to nothing is taken for one, and who is an administrator anyway.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
function isOfKubernetesItself(
  { system, uid, principalUid }: Grant,
  role: Pick<Role, 'name' | 'managedBy'> | undefined,
  gives: readonly string[],
): boolean {
  if (system !== 'kubernetes' || role?.managedBy !== 'provider') return false;
  if (role.name === 'cluster-admin') return principalUid.endsWith(':group:system:masters');
  const isNamedSo = role.name.startsWith('system:') && /binding:(?:[^/#]*\/)?system:/u.test(uid);
  return isNamedSo && gives.every((capability) => capability === 'metadata-read');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
