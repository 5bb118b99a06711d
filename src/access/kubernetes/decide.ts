import type { KubernetesRequest } from '../engine.ts';
import type { Decision, Reason } from '#model/decision.ts';
import type { Asker, Question } from './asker.ts';
import { allowReason, type Binding, bindingTitle, compareBindings } from './binding.ts';
import { type Bound, type Cluster, unknownPart } from './cluster.ts';
import { gapIn } from './gaps.ts';
import { allowsPath, allowsResource } from './matches.ts';
import { MASTERS } from './names.ts';
import type { Rule } from './rules.ts';

type Attributes = Omit<KubernetesRequest, 'principal' | 'groups' | 'scope'>;

const MASTERS_ALLOWED: Decision = {
  decision: 'allowed',
  reasons: [
    {
      kind: 'allow',
      source: null,
      text: `allowed as a member of Group "${MASTERS}", which no authorizer is asked about`,
    },
  ],
};

const NO_BINDING: Reason = { kind: 'no-allow', source: null, text: 'no binding allows it' };

const RBAC_ONLY: Reason = {
  kind: 'rbac-only',
  source: null,
  text: 'only RBAC was evaluated: the node authorizer, webhooks and a provider’s own authorizer may allow it',
};

const OTHER_GROUPS: Reason = {
  kind: 'groups',
  source: null,
  text: 'only groups on record were counted: the user’s credential may name others',
};

/**
 * The answer of RBAC (https://kubernetes.io/docs/reference/access-authn-authz/rbac/), after the short cut for
 * system:masters: every ClusterRoleBinding, then the RoleBindings of the request's namespace; one rule that allows is
 * enough, nothing denies.
 */
export function decide(cluster: Cluster, asker: Question['asker'], request: Attributes): Decision {
  if (asker.groups.includes(MASTERS)) return MASTERS_ALLOWED;
  const namespace = namespaceOfRequest(request);
  const allows = ruleMatcher(request);
  const allowing: { readonly binding: Binding; readonly index: number }[] = [];
  const open: Reason[] = [];
  const dangling: Reason[] = [];

  for (const binding of bindingsOf(cluster, asker, namespace)) {
    const index = binding.role === null ? -1 : binding.role.rules.findIndex(allows);
    if (index >= 0) {
      allowing.push({ binding, index });
      continue;
    }
    const unknown = unknownPart(cluster, binding);
    if (unknown !== null) open.push(mayGrantMore(cluster, binding, unknown));
    else if (binding.role === null) dangling.push(grantsNothing(cluster, binding));
  }

  if (allowing.length > 0) {
    allowing.sort((a, b) => compareBindings(a.binding, b.binding));
    return {
      decision: 'allowed',
      reasons: allowing.map(({ binding, index }) => reasonFor(cluster, binding, index)),
    };
  }
  const gap = gapIn(cluster.grantGaps, namespace);
  if (gap !== null) open.push(notEveryBinding(gap));
  return {
    decision: open.length > 0 ? 'unknown' : 'denied',
    reasons: [
      ...open,
      NO_BINDING,
      ...dangling,
      ...(asker.mayHaveMoreGroups ? [OTHER_GROUPS] : []),
      RBAC_ONLY,
    ],
  };
}

/** Every binding that applies to the asker in a namespace (empty: to a request without one). */
function* bindingsOf(cluster: Cluster, { user, groups }: Asker, namespace: string): Iterable<Binding> {
  if (user !== null) yield* bindingsIn(cluster.users.get(user), namespace);
  for (const group of new Set(groups)) yield* bindingsIn(cluster.groups.get(group), namespace);
}

function* bindingsIn(bound: Bound | undefined, namespace: string): Iterable<Binding> {
  if (bound === undefined) return;
  yield* bound.clusterWide;
  if (namespace !== '') yield* bound.byNamespace.get(namespace) ?? [];
}

/**
 * A request for the object `namespaces/NAME` is authorized in the namespace NAME: that is where the API server puts it.
 * A namespace that is given, even an empty one, is taken as it is
 * (https://kubernetes.io/docs/reference/access-authn-authz/authorization/#request-attributes-used-in-authorization).
 */
function namespaceOfRequest({ path, namespace, group, resource, name }: Attributes): string {
  if (path !== undefined) return '';
  if (namespace !== undefined) return namespace;
  return resource === 'namespaces' && (group ?? '') === '' ? (name ?? '') : '';
}

function ruleMatcher({ verb, path, group = '', resource = '', subresource = '', name = '' }: Attributes) {
  if (path !== undefined) return (rule: Rule): boolean => allowsPath(rule, verb, path);
  const attributes = {
    verb,
    group,
    combined: subresource === '' ? resource : `${resource}/${subresource}`,
    subresource,
    name,
  };
  return (rule: Rule): boolean => allowsResource(rule, attributes);
}

function reasonFor({ uid }: Cluster, binding: Binding, index: number): Reason {
  const rule = binding.role?.rules[index];
  if (rule === undefined) throw new Error(`${binding.grantUid} has no rule ${index}.`);
  return allowReason(uid, binding, rule, index);
}

function notEveryBinding(gap: string): Reason {
  return { kind: 'missing', source: null, text: `not every binding was collected: ${gap}` };
}

function mayGrantMore({ uid }: Cluster, binding: Binding, why: string): Reason {
  const text = `${bindingTitle(uid, binding)} may grant more than is known: ${why}`;
  return { kind: 'missing', source: binding.grantUid, text };
}

function grantsNothing({ uid }: Cluster, binding: Binding): Reason {
  const text = `${bindingTitle(uid, binding)} grants nothing: there is no such role`;
  return { kind: 'dangling', source: binding.grantUid, text };
}
