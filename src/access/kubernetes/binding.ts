import type { AccessRecords } from '../engine.ts';
import type { Reason } from '#model/decision.ts';
import type { Uid } from '#model/system.ts';
import { type Subject, serviceAccountOf, subjectOf } from './names.ts';
import type { RoleRules, Rule } from './rules.ts';

type Grant = AccessRecords['grants'][number];

/** One subject of one RoleBinding or ClusterRoleBinding, with the rules that it refers to. */
export interface Binding {
  readonly grantUid: Uid;
  readonly roleUid: Uid;
  readonly subject: Subject;
  /** The binding's namespace; null for a ClusterRoleBinding. */
  readonly namespace: string | null;
  /** null: no such role is on record. */
  readonly role: RoleRules | null;
}

/** Why a grant is no binding. `nothing`: it grants nothing to anybody; `unknown`: nobody can say what it grants. */
interface NoBinding {
  readonly problem: string;
  readonly grants: 'nothing' | 'unknown';
}

/**
 * Reads a grant of the cluster. One that is none of RBAC's counts as a binding of a role of which nothing is known:
 * its holder may be allowed anything by another authorizer.
 */
export function readBinding(
  grant: Grant,
  clusterUid: Uid,
  roles: ReadonlyMap<Uid, RoleRules>,
): Binding | NoBinding {
  const { uid: grantUid, roleUid, kind, scopeUid, principalUid } = grant;
  // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects: only in its own namespace does
  // a binding mean a ServiceAccount without a namespace.
  if (principalUid.startsWith(`${clusterUid}:serviceaccount:/`)) {
    return { problem: 'a ServiceAccount without a namespace is nobody', grants: 'nothing' };
  }
  const subject = subjectOf(clusterUid, principalUid);
  if (subject === null) return { problem: `${principalUid} is no subject of RBAC`, grants: 'unknown' };
  const namespace = namespaceOf(clusterUid, scopeUid);
  if (namespace === null && scopeUid !== clusterUid) {
    return { problem: `${scopeUid} is neither the cluster nor a namespace`, grants: 'unknown' };
  }
  if (kind !== (namespace === null ? 'cluster-role-binding' : 'role-binding')) {
    const role = { rules: [], problems: [`a grant of the kind ${kind} is none of RBAC’s`] };
    return { grantUid, roleUid, subject, namespace, role };
  }
  // A Role is looked up in the binding's own namespace only, and a ClusterRoleBinding refers to ClusterRoles only
  // (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding).
  const role = refersTo(clusterUid, roleUid, namespace) ? (roles.get(roleUid) ?? null) : null;
  return { grantUid, roleUid, subject, namespace, role };
}

/** The namespace whose scope this is, or null where it is not one of the cluster's namespaces. */
export function namespaceOf(clusterUid: Uid, scopeUid: Uid): string | null {
  const prefix = `${clusterUid}:namespace:`;
  return scopeUid.startsWith(prefix) ? scopeUid.slice(prefix.length) : null;
}

/** ClusterRoleBindings first, then by uid: the order of reasons and of everything else that lists bindings. */
export function compareBindings(a: Binding, b: Binding): number {
  if ((a.namespace === null) !== (b.namespace === null)) return a.namespace === null ? -1 : 1;
  return a.grantUid < b.grantUid ? -1 : a.grantUid > b.grantUid ? 1 : 0;
}

/** The reason that a binding allows a request by the rule at `index`, in the API server's words. */
export function allowReason(clusterUid: Uid, binding: Binding, rule: Rule, index: number): Reason {
  const text = `allowed by ${bindingTitle(clusterUid, binding)}, rule ${index + 1} (${ruleTitle(rule)})`;
  return { kind: 'allow', source: binding.grantUid, text };
}

/** `RoleBinding "read/pay" of ClusterRole "view" to ServiceAccount "api/pay"`. */
export function bindingTitle(clusterUid: Uid, binding: Binding): string {
  const { namespace } = binding;
  const name = bindingName(clusterUid, binding);
  if (name === null) return binding.grantUid;
  const title = namespace === null ? `ClusterRoleBinding "${name}"` : `RoleBinding "${name}/${namespace}"`;
  return `${title} of ${roleTitle(clusterUid, binding.roleUid)} to ${subjectTitle(binding)}`;
}

/** `ClusterRole "view"`. */
export function roleTitle(clusterUid: Uid, roleUid: Uid): string {
  const { kind, name } = roleNameOf(clusterUid, roleUid);
  return `${kind === 'clusterroles' ? 'ClusterRole' : 'Role'} "${name}"`;
}

/** A role's resource and its name, without its namespace. */
export function roleNameOf(
  clusterUid: Uid,
  roleUid: Uid,
): { readonly kind: 'clusterroles' | 'roles'; readonly name: string } {
  const rest = roleUid.slice(clusterUid.length + 1);
  return rest.startsWith(CLUSTER_ROLE)
    ? { kind: 'clusterroles', name: rest.slice(CLUSTER_ROLE.length) }
    : { kind: 'roles', name: rest.slice(rest.indexOf('/') + 1) };
}

const CLUSTER_ROLE = 'clusterrole:';

function refersTo(clusterUid: Uid, roleUid: Uid, namespace: string | null): boolean {
  if (roleUid.startsWith(`${clusterUid}:clusterrole:`)) return true;
  return namespace !== null && roleUid.startsWith(`${clusterUid}:role:${namespace}/`);
}

/**
 * The name of the binding that a grant is a subject of, or null where it is of none. The grant's uid is
 * `<binding uid>#<subject kind>:<subject>`, and both a binding's and a subject's name may hold a `#`.
 */
export function bindingName(clusterUid: Uid, { grantUid, namespace, subject }: Binding): string | null {
  const prefix = `${clusterUid}:${namespace === null ? 'clusterrolebinding:' : `rolebinding:${namespace}/`}`;
  if (!grantUid.startsWith(prefix)) return null;
  const account = subject.kind === 'user' ? serviceAccountOf(subject.name) : null;
  const endings = [`#${subject.kind}:${subject.name}`];
  if (account !== null) endings.push(`#serviceaccount:${account.namespace}/${account.name}`);
  const ending = endings.find((text) => grantUid.endsWith(text));
  const end = ending === undefined ? grantUid.indexOf('#') : grantUid.length - ending.length;
  return grantUid.slice(prefix.length, end < 0 ? undefined : end);
}

function subjectTitle({ grantUid, subject }: Binding): string {
  if (subject.kind === 'group') return `Group "${subject.name}"`;
  const account = serviceAccountOf(subject.name);
  return account === null || grantUid.endsWith(`#user:${subject.name}`)
    ? `User "${subject.name}"`
    : `ServiceAccount "${account.name}/${account.namespace}"`;
}

function ruleTitle({ verbs, resources, resourceNames, nonResourceURLs }: Rule): string {
  const named = resourceNames.length === 0 ? '' : ` named ${resourceNames.join(', ')}`;
  return `${verbs.join(', ')} on ${[...resources, ...nonResourceURLs].join(', ')}${named}`;
}
