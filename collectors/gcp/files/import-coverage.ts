import type { Observation } from '#model/record.ts';
import type { Coverage, Feed, Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { coverageRow, neverRead } from '../coverage-row.ts';
import { ONLY_THESE } from '../workload-types.ts';
import type { EntityKind } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import type { ListName } from './hint.ts';
import { seenIn } from './seen.ts';

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
    yield row('roles', 'gcloud iam roles describe', 'role', hasAny && (seen.undescribed(uid) ?? true));
    yield* neverRead(uid, kind, seen.groups(uid));
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
    yield row('credentials', keys, 'key', isListed && seen.accounts(uid, 'keys'), 'keys');
    yield row(
      'credentials',
      'gcloud services api-keys list',
      'api-key',
      seen.has('api-key', uid),
      'api-keys',
    );
    yield row('credentials', 'gcloud storage hmac list', 'hmac-key', seen.has('hmac-key', uid), 'hmac-keys');
    const policies = 'gcloud iam service-accounts get-iam-policy';
    const isPoliced = searched || seen.accounts(uid, 'policies');
    yield row('trusts', policies, 'allow-policy', isListed && isPoliced);
    const pools = 'gcloud iam workload-identity-pools providers list';
    yield row('trusts', pools, 'provider', seen.pools(uid), 'workload-identity-pools');
    yield row(
      'usages',
      'gcloud policy-intelligence query-activity',
      'activity',
      seen.has('activity', uid),
      'activities',
    );
    yield row('workloads', 'gcloud asset list', 'workload', seen.has('workload', uid) && ONLY_THESE);
  }
}
