import type { Uid } from '#model/system.ts';
import type { EntityKind, Held } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { textOf } from '../fields.ts';
import { groupMembers } from '../rows/memberships.ts';
import { placeOf } from '../rows/bindings.ts';
import { attachmentUid } from '../rows/guardrails.ts';

/** What of each scope is in the files. A text says what of it is missing. */
export interface Seen {
  readonly has: (kind: EntityKind, scopeUid: Uid) => boolean;
  /** Scopes whose own policy is there. */
  readonly policies: ReadonlySet<Uid>;
  /** Scopes whose own policy an inventory gave: it looked at everything in them. */
  readonly searched: ReadonlySet<Uid>;
  /** Scopes with deny policies. */
  readonly denies: ReadonlySet<Uid>;
  /** Keys, or policies, of each service account of a project. */
  readonly accounts: (scopeUid: Uid, what: 'keys' | 'policies') => boolean | string;
  /** Roles that bindings of a scope name and nobody described; null: none. */
  readonly undescribed: (scopeUid: Uid) => string | null;
  /** Whether the members of every group that is bound at or above a scope are there. */
  readonly groups: (scopeUid: Uid) => boolean;
  /** Pools of a project with their providers. */
  readonly pools: (scopeUid: Uid) => boolean | string;
}

/** Sorts by scope what was read. */
export function seenIn(estate: Estate): Seen {
  const { holdings, naming } = estate;
  const of = (kind: EntityKind): readonly Held[] => holdings.get(kind) ?? [];
  const found = new Set<string>();
  for (const [kind, held] of holdings) {
    for (const each of held) {
      const scope = scopeIn(each, estate);
      if (scope !== null) found.add(`${kind} ${scope}`);
    }
  }
  const policies = of('allow-policy').map((held) => ({ ...placeOf(held, naming), ...held }));
  const ofScopes = policies.filter(({ resource }) => resource === null);
  const uidsOf = (list: typeof policies) => new Set(list.flatMap(({ scopeUid }) => scopeUid ?? []));
  const known = {
    keys: new Set(
      of('key').map(({ name }) =>
        naming.resource(`//iam.googleapis.com/${name}`).replace(/\/keys\/[^/]+$/u, ''),
      ),
    ),
    policies: new Set(policies.flatMap(({ resource }) => resource ?? [])),
  };
  const accounts = accountsByProject(estate);
  return {
    has: (kind, scopeUid) => found.has(`${kind} ${scopeUid}`),
    policies: uidsOf(ofScopes),
    searched: uidsOf(ofScopes.filter(({ fromInventory }) => fromInventory)),
    denies: new Set(of('deny-policy').flatMap(({ name }) => attachmentUid(name, estate) ?? [])),
    accounts: (scopeUid, what) => {
      const own = accounts.get(scopeUid) ?? [];
      const missing = own.filter((resource) => !known[what].has(resource));
      if (missing.length === 0 || missing.length === own.length) return missing.length === 0;
      return missed(`the ${what} of ${missing.length} of ${own.length} service accounts`, missing[0]);
    },
    undescribed: undescribedIn(estate),
    groups: groupsIn(estate),
    pools: poolsIn(estate),
  };
}

/** The project, folder or organisation that a thing is of; null: its name does not tell. */
function scopeIn({ kind, name, fields, ancestors }: Held, { naming }: Estate): Uid | null {
  const project = textOf(fields, 'projectId');
  if (project !== null && (kind === 'service-account' || kind === 'hmac-key'))
    return naming.scopeUid(`projects/${project}`);
  // Some services name a thing by the last part of its name alone, as Compute Engine its instances.
  const names = [textOf(fields, 'fullResourceName'), textOf(fields, 'name'), name, ancestors[0] ?? null];
  const said = names
    .map(
      (each) => /(?:^|\/)((?:projects|organizations|folders)\/[^/]+)/u.exec(naming.resource(each ?? ''))?.[1],
    )
    .find((each) => each !== undefined);
  return said === undefined ? null : naming.scopeUid(said);
}

function accountsByProject({ holdings, naming }: Estate): ReadonlyMap<Uid, readonly string[]> {
  const found = new Map<Uid, string[]>();
  for (const { fields } of holdings.get('service-account') ?? []) {
    const resource = naming.resource(
      `//iam.googleapis.com/projects/-/serviceAccounts/${textOf(fields, 'email') ?? ''}`,
    );
    const scopeUid = naming.scopeUid(/projects\/[^/]+/u.exec(resource)?.[0] ?? '');
    const own = found.get(scopeUid);
    if (own === undefined) found.set(scopeUid, [resource]);
    else own.push(resource);
  }
  return found;
}

function undescribedIn({ bindings, holdings }: Estate): Seen['undescribed'] {
  const roles = holdings.get('role') ?? [];
  const described = new Set(
    roles.filter(({ fields }) => Object.hasOwn(fields, 'includedPermissions')).map(({ name }) => name),
  );
  const missing = new Map<Uid, Set<string>>();
  for (const { scopeUid, role } of bindings) {
    if (!described.has(role)) missing.set(scopeUid, (missing.get(scopeUid) ?? new Set()).add(role));
  }
  return (scopeUid) => {
    const own = [...(missing.get(scopeUid) ?? [])];
    return own.length === 0 ? null : missed(`the permissions of ${own.length} roles`, own[0]);
  };
}

/** Groups within groups count where those are. */
function groupsIn({ bindings, hierarchy, holdings }: Estate): Seen['groups'] {
  const members = groupMembers(holdings);
  const isWhole = (email: string, seen = new Set<string>()): boolean => {
    if (seen.has(email)) return true;
    seen.add(email);
    const own = members.get(email);
    return own?.every(({ kind, address }) => kind !== 'group' || isWhole(address, seen)) === true;
  };
  const unknown = new Set<Uid>();
  for (const { principalUid, scopeUid } of bindings) {
    const email = /^gcp:group:(.+)$/u.exec(principalUid)?.[1];
    if (email !== undefined && !isWhole(email)) unknown.add(scopeUid);
  }
  return (scopeUid) => members.size > 0 && !hierarchy.chainOf(scopeUid).some((each) => unknown.has(each));
}

function poolsIn({ holdings, naming }: Estate): Seen['pools'] {
  const [pools, providers] = [holdings.get('pool') ?? [], holdings.get('provider') ?? []];
  const withProviders = new Set(providers.map(({ name }) => name.replace(/\/providers\/[^/]+$/u, '')));
  return (scopeUid) => {
    const isOwn = ({ name }: Held) => naming.scopeUid(/^projects\/[^/]+/u.exec(name)?.[0] ?? '') === scopeUid;
    const own = pools.filter(isOwn);
    const bare = own.filter(({ name }) => !withProviders.has(name));
    if (bare.length === 0) return own.length > 0 || providers.some(isOwn);
    return missed(`the providers of ${bare.length} pools`, bare[0]?.name);
  };
}

function missed(what: string, first = ''): string {
  return `${what} are not in the files, ${first} among them`;
}
