import type { Observation } from '#model/record.ts';
import type { Coverage, Feed, Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { coverageRow, neverRead } from '../coverage-row.ts';
import type { EntityKind } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { textOf } from '../fields.ts';
import { placeOf } from '../rows/bindings.ts';
import { attachmentUid } from '../rows/guardrails.ts';
import type { ListName } from './hint.ts';

/** What the files hold, beside their entities. */
export interface Told {
  /** Lists that were empty, by what they are and what they are about. */
  readonly empty: (list: ListName, scopeUid: Uid) => boolean;
  /** What could not be read of a file with this kind of thing; null: nothing. */
  readonly damage: (kind: EntityKind) => string | null;
}

/** What was read of each scope, feed by feed, and which export would supply the rest. */
export function* importCoverage(
  estate: Estate,
  scopes: readonly Scope[],
  told: Told,
): Generator<Observation> {
  const seen = seenIn(estate);
  for (const { uid, kind } of scopes) {
    if (!/^(?:project|folder|organization)$/u.test(kind)) continue;
    const row = (feed: Feed, call: string, of: EntityKind, state: boolean | string, list?: ListName) => {
      const isThere = state === true || (list !== undefined && told.empty(list, uid));
      const damage = isThere ? told.damage(of) : null;
      const status: Coverage['status'] =
        typeof state === 'string' || damage !== null ? 'partial' : isThere ? 'complete' : 'skipped';
      const detail =
        typeof state === 'string' ? state : (damage ?? (isThere ? null : `not in the files: ${call}`));
      return coverageRow(uid, feed, call, status, detail);
    };
    const own = { project: 'projects', folder: 'resource-manager folders', organization: 'organizations' }[
      kind
    ];
    const searched = estate.hierarchy.chainOf(uid).some((each) => seen.searched.has(each));
    const hasPolicy = searched || seen.policies.has(uid);
    yield row('grants', `gcloud ${own ?? kind} get-iam-policy`, 'allow-policy', hasPolicy, 'iam-policy');
    yield row('grants', 'gcloud asset search-all-iam-policies', 'allow-policy', searched);
    if (!estate.hierarchy.isWhole(uid)) {
      const detail =
        'what stands above it is not told: gcloud projects list, gcloud resource-manager folders list';
      yield coverageRow(uid, 'grants', 'hierarchy', 'partial', detail);
    }
    const denies = 'gcloud iam policies list --kind=denypolicies';
    yield row('guardrails', denies, 'deny-policy', seen.denies.has(uid), 'deny-policies');
    const hasAny = hasPolicy || told.empty('iam-policy', uid);
    yield row('roles', 'gcloud iam roles describe', 'role', hasAny && (undescribed(estate, uid) ?? true));
    yield* neverRead(uid, kind);
    if (kind === 'organization') {
      const call = 'gcloud iam principal-access-boundary-policies list';
      yield row('guardrails', call, 'boundary', seen.has('boundary', uid), 'access-boundaries');
      const bindings = 'gcloud iam policy-bindings list';
      yield row(
        'guardrails',
        bindings,
        'boundary-binding',
        seen.has('boundary-binding', uid),
        'boundary-bindings',
      );
    }
    if (kind !== 'project') continue;
    const isListed = seen.has('service-account', uid);
    yield row(
      'identities',
      'gcloud iam service-accounts list',
      'service-account',
      isListed,
      'service-accounts',
    );
    const keys = 'gcloud iam service-accounts keys list';
    yield row('credentials', keys, 'key', isListed && ofAccounts(estate, uid, seen.keysOf, 'keys'), 'keys');
    yield row(
      'credentials',
      'gcloud services api-keys list',
      'api-key',
      seen.has('api-key', uid),
      'api-keys',
    );
    yield row('credentials', 'gcloud storage hmac list', 'hmac-key', seen.has('hmac-key', uid), 'hmac-keys');
    const policies = 'gcloud iam service-accounts get-iam-policy';
    const told1 = searched || ofAccounts(estate, uid, seen.accountPolicies, 'policies');
    yield row('trusts', policies, 'allow-policy', isListed && told1);
    const pools = 'gcloud iam workload-identity-pools providers list';
    yield row('trusts', pools, 'provider', poolsIn(estate, uid), 'workload-identity-pools');
    yield row(
      'usages',
      'gcloud policy-intelligence query-activity',
      'activity',
      seen.has('activity', uid),
      'activities',
    );
    const instances =
      seen.has('instance', uid) && 'of what runs, only instances of Compute Engine were in the files';
    yield row('workloads', 'gcloud asset list', 'instance', instances);
  }
}

interface Seen {
  readonly has: (kind: EntityKind, scopeUid: Uid) => boolean;
  readonly policies: ReadonlySet<Uid>;
  /** Scopes whose own policy an inventory gave: it looked at everything in them. */
  readonly searched: ReadonlySet<Uid>;
  readonly denies: ReadonlySet<Uid>;
  readonly keysOf: ReadonlySet<string>;
  readonly accountPolicies: ReadonlySet<string>;
}

function seenIn({ holdings, naming }: Estate): Seen {
  const found = new Set<string>();
  for (const [kind, held] of holdings) {
    for (const { name, fields } of held) {
      const said = /(?:^|[/ ])((?:projects|organizations|folders)\/[^/]+)/u.exec(
        naming.resource(`/${nameIn(name, fields)}`),
      )?.[1];
      if (said !== undefined) found.add(`${kind} ${naming.scopeUid(said)}`);
      const parent = kind === 'hmac-key' ? textOf(fields, 'projectId') : null;
      if (parent !== null) found.add(`${kind} ${naming.scopeUid(`projects/${parent}`)}`);
    }
  }
  const policies = (holdings.get('allow-policy') ?? []).map((held) => ({
    ...placeOf(held, naming),
    ...held,
  }));
  const ofScopes = policies.filter(({ resource }) => resource === null);
  const uidsOf = (list: typeof policies) => new Set(list.flatMap(({ scopeUid }) => scopeUid ?? []));
  return {
    has: (kind, scopeUid) => found.has(`${kind} ${scopeUid}`),
    policies: uidsOf(ofScopes),
    searched: uidsOf(ofScopes.filter(({ fromInventory }) => fromInventory)),
    denies: new Set(
      (holdings.get('deny-policy') ?? []).flatMap(({ name }) => attachmentUid(name, { naming }) ?? []),
    ),
    keysOf: new Set(
      (holdings.get('key') ?? []).map(({ name }) =>
        naming.resource(`//iam.googleapis.com/${name}`).replace(/\/keys\/[^/]+$/u, ''),
      ),
    ),
    accountPolicies: new Set(policies.flatMap(({ resource }) => resource ?? [])),
  };
}

/** The name that tells the project: an account's own, not its address. */
function nameIn(name: string, fields: Parameters<typeof textOf>[0]): string {
  const project = textOf(fields, 'projectId');
  return textOf(fields, 'email') !== null && project !== null
    ? `projects/${project}/`
    : `${textOf(fields, 'fullResourceName') ?? textOf(fields, 'name') ?? name}/`;
}

/** Whether each listed account of a project is in the set; a text says how many are not. */
function ofAccounts(
  estate: Estate,
  scopeUid: Uid,
  known: ReadonlySet<string>,
  what: string,
): boolean | string {
  const own = (estate.holdings.get('service-account') ?? [])
    .map(({ fields }) =>
      estate.naming.resource(
        `//iam.googleapis.com/projects/-/serviceAccounts/${textOf(fields, 'email') ?? ''}`,
      ),
    )
    .filter((resource) => resource.startsWith(`//iam.googleapis.com/${scopeUid.replace(/^gcp:/u, '')}/`));
  const missing = own.filter((resource) => !known.has(resource));
  if (missing.length === 0) return true;
  if (missing.length === own.length) return false;
  return `the ${what} of ${missing.length} of ${own.length} service accounts are not in the files, ${missing[0] ?? ''} among them`;
}

/** Roles that bindings of a scope name and nobody described; null: none. */
function undescribed({ bindings, holdings }: Estate, scopeUid: Uid): string | null {
  const described = new Set(
    (holdings.get('role') ?? [])
      .filter(({ fields }) => Object.hasOwn(fields, 'includedPermissions'))
      .map(({ name }) => name),
  );
  const named = new Set(bindings.filter((each) => each.scopeUid === scopeUid).map(({ role }) => role));
  const missing = [...named].filter((role) => !described.has(role));
  return missing.length === 0
    ? null
    : `the permissions of ${missing.length} roles are not in the files, ${missing[0] ?? ''} among them`;
}

function poolsIn({ holdings, naming }: Estate, scopeUid: Uid): boolean | string {
  const isOwn = ({ name }: { readonly name: string }) =>
    naming.scopeUid(/^projects\/[^/]+/u.exec(name)?.[0] ?? '') === scopeUid;
  const pools = (holdings.get('pool') ?? []).filter(isOwn);
  const withProviders = new Set(
    (holdings.get('provider') ?? []).map(({ name }) => name.replace(/\/providers\/[^/]+$/u, '')),
  );
  const bare = pools.filter(({ name }) => !withProviders.has(name));
  if (bare.length === 0) return pools.length > 0 || (holdings.get('provider') ?? []).some(isOwn);
  return `the providers of ${bare.length} pools are not in the files, ${bare[0]?.name ?? ''} among them`;
}
