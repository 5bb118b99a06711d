import type { AccessRecords } from '#access/engine.ts';
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

/** Reads a grant of the cluster, or says why it can grant nothing. */
export function readBinding(
  grant: Grant,
  clusterUid: Uid,
  roles: ReadonlyMap<Uid, RoleRules>,
): Binding | { readonly problem: string } {
  if (grant.kind !== 'cluster-role-binding' && grant.kind !== 'role-binding') {
    return { problem: `a grant of kind ${grant.kind} is none of RBAC's` };
  }
  const subject = subjectOf(clusterUid, grant.principalUid);
  if (subject === null) return { problem: 'its subject can be nobody' };
  const namespace = grant.kind === 'role-binding' ? namespaceOf(clusterUid, grant.scopeUid) : null;
  if (grant.kind === 'role-binding' && namespace === null) return { problem: 'its namespace is not known' };
  const { uid: grantUid, roleUid } = grant;
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
  const title = namespace === null ? `ClusterRoleBinding "${name}"` : `RoleBinding "${name}/${namespace}"`;
  return `${title} of ${roleTitle(clusterUid, binding.roleUid)} to ${subjectTitle(binding)}`;
}

/** `ClusterRole "view"`. */
export function roleTitle(clusterUid: Uid, roleUid: Uid): string {
  const rest = roleUid.slice(clusterUid.length + 1);
  if (rest.startsWith('clusterrole:')) return `ClusterRole "${rest.slice('clusterrole:'.length)}"`;
  return `Role "${rest.slice(rest.indexOf('/') + 1)}"`;
}

function refersTo(clusterUid: Uid, roleUid: Uid, namespace: string | null): boolean {
  if (roleUid.startsWith(`${clusterUid}:clusterrole:`)) return true;
  return namespace !== null && roleUid.startsWith(`${clusterUid}:role:${namespace}/`);
}

// A grant's uid is `<binding uid>#<subject kind>:<subject>`, and both a binding's and a subject's name may hold a `#`.
function bindingName(clusterUid: Uid, { grantUid, namespace, subject }: Binding): string {
  const prefix = `${clusterUid}:${namespace === null ? 'clusterrolebinding:' : `rolebinding:${namespace}/`}`;
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
