import type { AccessRecords } from '#access/engine.ts';
import { type Coverage, FEEDS } from '#model/scope.ts';
import type { Json, Uid } from '#model/system.ts';
import {
  clusterBindingUid,
  clusterGroupUid,
  clusterRoleUid,
  clusterUid,
  clusterUserUid,
  namespaceUid,
  serviceAccountUid,
} from '#model/uid.ts';
import { accessRecords, mergeRecords } from '#test/access/access-records.ts';

/** A small cluster in shorthand. Namespaces are those that anything names. */
export interface Estate {
  /** `prod` where absent. */
  readonly cluster?: string;
  /** `ClusterRole/view` or `Role/pay/reader`: its rules, or its whole document; null: not collected. */
  readonly roles?: Readonly<Record<string, Json>>;
  /** `ClusterRoleBinding/b` or `RoleBinding/pay/b`. Subjects: `User/ann`, `Group/ops`, `ServiceAccount/pay/api`. */
  readonly bindings?: Readonly<
    Record<string, { readonly role: string; readonly subjects: readonly string[] }>
  >;
  /** ServiceAccounts that exist: `pay/api`. */
  readonly serviceAccounts?: readonly string[];
  /** Users besides those that bindings name. */
  readonly users?: readonly string[];
  /** Members of groups, besides the implicit ones: user names by group. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
  /** `pod/pay/web`: the ServiceAccount that it runs as, `pay/api`. */
  readonly workloads?: Readonly<Record<string, string>>;
  /** Token Secrets, `pay/api-token`: the ServiceAccount, `pay/api`. */
  readonly tokenSecrets?: Readonly<Record<string, string>>;
  /** Labels of namespaces. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Feeds of which something is missing, in the cluster or (`grants/pay`) in a namespace. */
  readonly missing?: readonly string[];
  /** Admission policies and webhooks, by name: their documents. */
  readonly admission?: Readonly<Record<string, Json>>;
}

/** The records of one or several small clusters, as the collector would give them. */
export function estateRecords(...estates: readonly Estate[]): AccessRecords {
  return mergeRecords(estates.map(recordsOf));
}

const system = 'kubernetes';

function recordsOf(estate: Estate): AccessRecords {
  const cluster = estate.cluster ?? 'prod';
  const root = clusterUid(cluster);
  const bindings = Object.entries(estate.bindings ?? {}).map(([key, { role, subjects }]) => {
    const binding = objectKey(key);
    return { ...binding, role: roleUid(cluster, role, binding.namespace), subjects };
  });
  const subjects = bindings.flatMap(({ subjects: named }) => named);
  const named = (kind: string): string[] =>
    subjects
      .filter((subject) => subject.startsWith(`${kind}/`))
      .map((subject) => subject.slice(kind.length + 1));
  const users = new Set([
    ...named('User'),
    ...(estate.users ?? []),
    ...Object.values(estate.members ?? {}).flat(),
  ]);
  const people = [...users].filter((name) => !name.startsWith('system:serviceaccount:'));
  const groups = new Set([...named('Group'), ...Object.keys(estate.members ?? {})]);
  const accounts = (estate.serviceAccounts ?? []).map((key) => pair(key));

  return accessRecords({
    scopes: [
      scope(root, 'cluster', cluster, null, {}),
      ...[...namespacesOf(estate)].map((name) =>
        scope(namespaceUid(cluster, name), 'namespace', name, root, estate.labels?.[name] ?? {}),
      ),
    ],
    identities: [
      ...people.map((name) => identity(clusterUserUid(cluster, name), root, 'user', name)),
      ...accounts.map(([namespace, name]) =>
        identity(serviceAccountUid(cluster, namespace, name), root, 'service-account', name),
      ),
    ],
    groups: [...groups].map((name) => ({
      uid: clusterGroupUid(cluster, name),
      system,
      scopeUid: root,
      kind: 'group',
      name,
      implicit: name.startsWith('system:') && name !== 'system:masters',
    })),
    memberships: Object.entries(estate.members ?? {}).flatMap(([group, members]) =>
      members.map((member) => ({
        groupUid: clusterGroupUid(cluster, group),
        memberUid: principalUid(cluster, `User/${member}`, ''),
        memberKind: 'identity' as const,
        system,
        scopeUid: root,
      })),
    ),
    credentials: Object.entries(estate.tokenSecrets ?? {}).map(([secret, account]) => ({
      uid: `${root}:secret:${secret}`,
      identityUid: serviceAccountUid(cluster, ...pair(account)),
      kind: 'service-account-token',
      enabled: true,
    })),
    roles: Object.entries(estate.roles ?? {}).map(([key, document]) => {
      const { kind, namespace, name } = objectKey(key);
      return {
        uid: clusterRoleUid(cluster, name, namespace),
        system,
        scopeUid: namespace === undefined ? root : namespaceUid(cluster, namespace),
        kind: kind === 'Role' ? 'role' : 'cluster-role',
        name,
        managedBy: 'customer' as const,
        createdAt: null,
        document: Array.isArray(document) ? { rules: document } : document,
        breadth: null,
      };
    }),
    grants: bindings.flatMap(({ namespace, name, role, subjects: to }) =>
      to.map((subject) => ({
        uid: `${clusterBindingUid(cluster, name, namespace)}#${subjectKey(subject)}`,
        system,
        scopeUid: namespace === undefined ? root : namespaceUid(cluster, namespace),
        principalUid: principalUid(cluster, subject, namespace ?? ''),
        principalKind: subject.startsWith('Group/') ? ('group' as const) : ('identity' as const),
        roleUid: role,
        kind: namespace === undefined ? 'cluster-role-binding' : 'role-binding',
        state: 'active' as const,
        condition: null,
        resourceUid: null,
        createdAt: null,
      })),
    ),
    guardrails: Object.entries(estate.admission ?? {}).map(([name, document]) => ({
      uid: `${root}:admission:${name}`,
      system,
      scopeUid: root,
      kind: 'admission-policy' as const,
      targetUid: root,
      roleUid: null,
      document,
    })),
    workloads: Object.entries(estate.workloads ?? {}).map(([key, account]) => {
      const { kind, namespace = '', name } = objectKey(key);
      return {
        uid: `${root}:${kind}:${namespace}/${name}`,
        system,
        scopeUid: namespaceUid(cluster, namespace),
        identityUid: serviceAccountUid(cluster, ...pair(account)),
        kind,
        name,
        environment: null,
      };
    }),
    coverage: (estate.missing ?? []).map((key) => missing(cluster, key)),
  });
}

function namespacesOf({
  roles,
  bindings,
  serviceAccounts,
  workloads,
  tokenSecrets,
  labels,
}: Estate): Set<string> {
  const objects = [roles, bindings, workloads].flatMap((table) => Object.keys(table ?? {}).map(objectKey));
  const inObjects = objects.flatMap(({ namespace }) => namespace ?? []);
  const ofAccounts = [...(serviceAccounts ?? []), ...Object.keys(tokenSecrets ?? {})].map(
    (key) => pair(key)[0],
  );
  return new Set([...inObjects, ...ofAccounts, ...Object.keys(labels ?? {})]);
}

/** `Role/pay/reader` or `ClusterRole/view`. */
function objectKey(key: string): { kind: string; namespace?: string; name: string } {
  const [kind, rest] = pair(key);
  if (kind.startsWith('Cluster')) return { kind, name: rest };
  const [namespace, name] = pair(rest);
  return { kind, namespace, name };
}

function roleUid(cluster: string, role: string, namespace = ''): Uid {
  const [kind, name] = pair(role);
  return kind === 'ClusterRole' ? clusterRoleUid(cluster, name) : clusterRoleUid(cluster, name, namespace);
}

/** A ServiceAccount without a namespace is one of the binding's. */
function principalUid(cluster: string, subject: string, bindingNamespace: string): Uid {
  const [kind, name] = pair(subject);
  if (kind === 'Group') return clusterGroupUid(cluster, name);
  if (kind === 'ServiceAccount') {
    return name.includes('/')
      ? serviceAccountUid(cluster, ...pair(name))
      : serviceAccountUid(cluster, bindingNamespace, name);
  }
  const [, , namespace, account] = name.startsWith('system:serviceaccount:') ? name.split(':') : [];
  return namespace === undefined || account === undefined
    ? clusterUserUid(cluster, name)
    : serviceAccountUid(cluster, namespace, account);
}

function subjectKey(subject: string): string {
  const [kind, name] = pair(subject);
  return `${kind.toLowerCase()}:${name}`;
}

function scope(uid: Uid, kind: string, name: string, parentUid: Uid | null, tags: Record<string, string>) {
  return { uid, system, kind, name, parentUid, environment: null, tags } as const;
}

function identity(uid: Uid, scopeUid: Uid, kind: string, name: string) {
  const common = { enabled: null, createdAt: null, tags: {}, environment: null, providerId: null };
  return { uid, system, scopeUid, kind, name, class: 'non-human', managedBy: 'customer', ...common } as const;
}

function missing(cluster: string, key: string): Coverage {
  const [name, namespace] = key.includes('/') ? pair(key) : [key, null];
  const feed = FEEDS.find((known) => known === name);
  if (feed === undefined) throw new Error(`${name} is no feed.`);
  const scopeUid = namespace === null ? clusterUid(cluster) : namespaceUid(cluster, namespace);
  const call = `list ${feed}`;
  return { system, scopeUid, feed, call, status: 'denied', missingPermission: call, detail: null };
}

function pair(text: string): [string, string] {
  const at = text.indexOf('/');
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
}
