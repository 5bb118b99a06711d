import { observe, type Observation } from '#model/record.ts';
import { FEEDS, type Coverage, type Feed } from '#model/scope.ts';
import type { Holdings } from './estate.ts';
import { objectOf } from './files/fields.ts';
import type { EntityKind } from './files/sort.ts';
import { subscriptionUids } from './rows/subscriptions.ts';

/** A coverage row of this system. */
export function coverageRow(
  scopeUid: string | null,
  feed: Feed | null,
  call: string,
  status: Coverage['status'],
  detail: string | null,
): Observation {
  const row = { scopeUid, feed, call, status, detail, missingPermission: null };
  return observe('coverage', { system: 'azure', ...row });
}

/** What supplies a feed: for the directory and for a subscription. */
const TENANT_SOURCES: Partial<Record<Feed, readonly [EntityKind, string]>> = {
  identities: ['service-principal', 'GET /v1.0/servicePrincipals'],
  groups: ['group', 'GET /v1.0/groups?$expand=members'],
  credentials: ['application', 'GET /v1.0/applications'],
  roles: ['directory-role', 'GET /v1.0/roleManagement/directory/roleDefinitions'],
  grants: ['directory-assignment', 'GET /v1.0/roleManagement/directory/roleAssignments'],
  trusts: ['federated-credential', 'GET /v1.0/applications/{id}/federatedIdentityCredentials'],
  usages: ['sign-in-activity', 'GET /beta/reports/servicePrincipalSignInActivities'],
  owners: ['application', 'GET /v1.0/applications?$expand=owners'],
};

const SUBSCRIPTION_SOURCES: Partial<Record<Feed, readonly [EntityKind, string]>> = {
  identities: ['managed-identity', 'az identity list'],
  roles: ['role-definition', 'az role definition list'],
  grants: ['role-assignment', 'GET {subscription}/providers/Microsoft.Authorization/roleAssignments'],
  guardrails: ['deny-assignment', 'GET {subscription}/providers/Microsoft.Authorization/denyAssignments'],
  credentials: ['keyed-resource', 'az storage account list'],
  workloads: ['resource', 'az resource list'],
};

/** A list that a file holds with nothing in it: that there is none is known. */
export interface EmptyList {
  readonly kind: EntityKind;
  /** The subscription's id; null: the file's name does not say. */
  readonly subscription: string | null;
}

/** What was read of the tenant and of each subscription, feed by feed, and which export would supply the rest. */
export function coverageRows(
  holdings: Holdings,
  tenant: string,
  problems: readonly string[],
  empty: readonly EmptyList[],
): readonly Observation[] {
  const tenantUid = `entra:${tenant}`;
  const subscriptions = subscriptionUids(holdings);
  const isEmpty = (uid: string, wanted: EntityKind | null): boolean =>
    empty.some(
      ({ kind, subscription }) =>
        kind === wanted &&
        (uid === tenantUid ||
          uid === `/subscriptions/${subscription ?? ''}` ||
          (subscription === null && subscriptions.length === 1)),
    );
  const rows = (uid: string, sources: typeof TENANT_SOURCES): Observation[] =>
    FEEDS.map((feed) => {
      const [kind, call] = sources[feed] ?? [null, 'import file'];
      const held = kind === null ? [] : (holdings.get(kind) ?? []);
      const own = uid === tenantUid ? held : held.filter(({ fields }) => isOf(uid, kind, fields['id']));
      if (own.length === 0 && !isEmpty(uid, kind))
        return coverageRow(uid, feed, call, 'skipped', `not in the files: ${call}`);
      const reason = whyPartial(
        uid === tenantUid,
        feed,
        own.map(({ fields }) => fields),
        problems,
      );
      return coverageRow(uid, feed, call, reason === null ? 'complete' : 'partial', reason);
    });
  return [
    ...rows(tenantUid, TENANT_SOURCES),
    ...subscriptions.flatMap((uid) => rows(uid, SUBSCRIPTION_SOURCES)),
  ];
}

/** Definitions are the tenant's; everything else names its subscription. */
function isOf(uid: string, kind: EntityKind | null, id: unknown): boolean {
  if (kind === 'role-definition') return true;
  return typeof id === 'string' && id.toLowerCase().startsWith(`${uid}/`);
}

/** Feeds that stand inside the objects of another list. */
const EXPANDED: Partial<Record<Feed, { readonly of: string; readonly member: string }>> = {
  groups: { of: 'groups', member: 'members' },
  owners: { of: 'applications', member: 'owners' },
};

function whyPartial(
  isTenant: boolean,
  feed: Feed,
  own: readonly { readonly [key: string]: unknown }[],
  problems: readonly string[],
): string | null {
  const [problem] = problems;
  if (problem !== undefined) return `something in the files could not be read: ${problem}`;
  // az leaves out what is inherited or below without --include-inherited and --all, and does not say so.
  if (!isTenant && feed === 'grants' && own.some((fields) => objectOf(fields['properties']) === null))
    return 'az role assignment list does not say whether --all and --include-inherited were given';
  if (!isTenant && feed === 'credentials')
    return 'an export does not say whether every kind of resource that has keys was listed';
  const expanded = isTenant ? EXPANDED[feed] : undefined;
  if (expanded !== undefined) {
    const { of, member } = expanded;
    if (own.some((fields) => !(member in fields))) return `${of} without their ${member}: $expand=${member}`;
    // https://learn.microsoft.com/graph/query-parameters#expand
    if (own.some(({ [member]: listed }) => Array.isArray(listed) && listed.length >= 20))
      return `${of} with twenty ${member} or more: $expand gives no more of them`;
  }
  if (isTenant && feed === 'usages') return 'the report knows no sign-ins of managed identities';
  if (isTenant && (feed === 'trusts' || feed === 'grants' || feed === 'identities'))
    return 'an export does not say whether every page and every object was asked for';
  return null;
}
