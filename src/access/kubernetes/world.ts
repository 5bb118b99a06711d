import type { AccessRecords } from '../engine.ts';
import type { Uid } from '#model/system.ts';
import { clusterGroupUid, serviceAccountUid } from '#model/uid.ts';
import { type Admission, admissionOf } from './admission.ts';
import { bindingName, namespaceOf, roleNameOf } from './binding.ts';
import type { Cluster } from './cluster.ts';
import { feedGaps, type FeedGaps } from './gaps.ts';
import { allowsEverything } from './matches.ts';
import { isNode, MASTERS, serviceAccountOf, subjectOf, userUid } from './names.ts';

/** ServiceAccounts of each namespace, by a name. */
type ByNamespace = ReadonlyMap<string, ReadonlyMap<string, readonly Uid[]>>;

/** Who and what is in a cluster that somebody could become or use. */
export interface World {
  readonly cluster: Cluster;
  /** The cluster's name: its uid without `k8s:`. */
  readonly name: string;
  readonly accounts: {
    /** Those that exist, by their own names. */
    readonly serviceaccounts: ByNamespace;
    /** Those that bindings name and that do not exist. */
    readonly missing: ByNamespace;
    /** By the name of a workload that runs as them. */
    readonly running: ByNamespace;
    /** By the name of a Secret that holds a token of theirs. */
    readonly tokens: ByNamespace;
  };
  readonly users: readonly Uid[];
  readonly nodes: readonly Uid[];
  /** The groups that anything names, but for system:masters. */
  readonly groups: readonly Uid[];
  readonly namespaces: readonly string[];
  /** The labels of a namespace. */
  readonly labelsOf: (namespace: string) => Readonly<Record<string, string>>;
  readonly admission: Admission;
  /** The names of the Roles of each namespace. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
  /** The names of the ClusterRoles that are built from others. */
  readonly aggregated: ReadonlySet<string>;
  /** The bindings of roles that allow everything. */
  readonly adminBindings: readonly AdminBinding[];
  /** Whether aws-auth says who signs in from AWS; null: the cluster has none. */
  readonly awsAuth: 'certain' | 'conditional' | null;
  readonly userUid: (name: string) => Uid;
  readonly groupUid: (name: string) => Uid;
  readonly gaps: Readonly<Record<'identities' | 'credentials' | 'workloads', FeedGaps>>;
}

/** A binding of a role that allows everything. */
interface AdminBinding {
  /** null: a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly name: string;
  readonly role: string;
}

/** Looks around in a cluster's rows. */
export function worldOf(cluster: Cluster, records: AccessRecords): World {
  const { uid } = cluster;
  const name = uid.slice('k8s:'.length);
  const accountOf = (identityUid: Uid): { readonly namespace: string; readonly name: string } | null => {
    const subject = subjectOf(uid, identityUid);
    return subject?.kind === 'user' ? serviceAccountOf(subject.name) : null;
  };
  const users = records.identities.filter((identity) => accountOf(identity.uid) === null);
  const existing = indexed(
    records.identities.map((identity) => [accountOf(identity.uid), undefined, identity.uid]),
  );
  const named = [...cluster.users.keys()].map(serviceAccountOf).filter((account) => account !== null);
  const absent = named.filter((account) => existing.get(account.namespace)?.has(account.name) !== true);
  const tokens = records.credentials.filter(
    ({ kind, enabled }) => kind === 'service-account-token' && enabled !== false,
  );
  const labels = new Map(
    records.scopes.flatMap(({ uid: scopeUid, tags }) => {
      const namespace = namespaceOf(uid, scopeUid);
      return namespace === null ? [] : [[namespace, tags] as const];
    }),
  );
  const guardrailGaps = feedGaps(records.coverage, uid, 'guardrails');
  const awsAuth = records.trusts.filter(({ mechanism }) => mechanism === 'aws-auth');
  return {
    cluster,
    name,
    accounts: {
      serviceaccounts: existing,
      missing: indexed(
        absent.map((account) => [
          account,
          undefined,
          serviceAccountUid(name, account.namespace, account.name),
        ]),
      ),
      running: indexed(
        records.workloads.map((workload) => [
          accountOf(workload.identityUid),
          workload.name,
          workload.identityUid,
        ]),
      ),
      tokens: indexed(
        tokens.map((token) => [accountOf(token.identityUid), secretName(uid, token.uid), token.identityUid]),
      ),
    },
    users: users.map((user) => user.uid),
    nodes: users.filter((user) => isNode(user.name)).map((node) => node.uid),
    groups: [...new Set([...records.groups.map((group) => group.name), ...cluster.groups.keys()])]
      .filter((group) => group !== MASTERS)
      .map((group) => clusterGroupUid(name, group)),
    namespaces: [...labels.keys()].toSorted(),
    labelsOf: (namespace) => labels.get(namespace) ?? {},
    roles: rolesByNamespace(uid, records),
    aggregated: new Set(records.roles.filter(isAggregated).map((role) => role.name)),
    adminBindings: adminBindingsOf(cluster),
    admission: admissionOf(records.guardrails, guardrailGaps.cluster !== null),
    awsAuth: awsAuth.length === 0 ? null : awsAuth.some(isCertain) ? 'certain' : 'conditional',
    userUid: (user) => userUid(name, user),
    groupUid: (group) => clusterGroupUid(name, group),
    gaps: {
      // These ask about ServiceAccounts and Secrets.
      identities: feedGaps(records.coverage, uid, 'identities', 'nodes'),
      credentials: feedGaps(records.coverage, uid, 'credentials', 'certificatesigningrequests'),
      workloads: feedGaps(records.coverage, uid, 'workloads'),
    },
  };
}

function isAggregated({ document }: AccessRecords['roles'][number]): boolean {
  return typeof document === 'object' && document !== null && 'aggregationRule' in document;
}

function rolesByNamespace(clusterUid: Uid, { roles }: AccessRecords): Map<string, string[]> {
  const byNamespace = new Map<string, string[]>();
  for (const { kind, name, scopeUid } of roles) {
    const namespace = namespaceOf(clusterUid, scopeUid);
    if (kind !== 'role' || namespace === null) continue;
    const names = byNamespace.get(namespace);
    if (names === undefined) byNamespace.set(namespace, [name]);
    else names.push(name);
  }
  return byNamespace;
}

function adminBindingsOf({ uid, bindings }: Cluster): readonly AdminBinding[] {
  return bindings
    .filter(({ role }) => role?.rules.some(allowsEverything) === true)
    .map((binding) => ({
      namespace: binding.namespace,
      name: bindingName(uid, binding) ?? '',
      role: roleNameOf(uid, binding.roleUid).name,
    }));
}

function isCertain({ certainty }: AccessRecords['trusts'][number]): boolean {
  return certainty === 'certain';
}

type Entry = readonly [
  account: { readonly namespace: string; readonly name: string } | null,
  /** undefined: the account's own. */
  name: string | undefined,
  uid: Uid,
];

function indexed(entries: readonly Entry[]): ByNamespace {
  const byNamespace = new Map<string, Map<string, Uid[]>>();
  for (const [account, name, uid] of entries) {
    if (account === null) continue;
    const names = byNamespace.get(account.namespace) ?? new Map<string, Uid[]>();
    byNamespace.set(account.namespace, names);
    const key = name ?? account.name;
    const uids = names.get(key);
    if (uids === undefined) names.set(key, [uid]);
    else if (!uids.includes(uid)) uids.push(uid);
  }
  return byNamespace;
}

/** `k8s:prod:secret:pay/api-token` */
function secretName(clusterUid: Uid, credentialUid: Uid): string {
  const key = credentialUid.slice(`${clusterUid}:secret:`.length);
  return key.slice(key.indexOf('/') + 1);
}
