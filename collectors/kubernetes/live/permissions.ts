import { stringify } from 'yaml';
import type { PermissionDocument } from '#contract/live.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { CONFIG_MAPS, ISSUER_PATH, LIST_CALLS, type ListCall, VERSION_PATH } from './calls.ts';

const NAME = 'nhi-auditor';
const SUBJECT = { kind: 'ServiceAccount', name: NAME, namespace: NAME };
const API = 'rbac.authorization.k8s.io';

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * The ServiceAccount, roles and bindings that `read` needs: one ClusterRole for a whole cluster, or a Role in each
 * namespace of the target and a ClusterRole for what lies in none.
 */
export function permissions({ namespaces }: KubernetesTarget): readonly PermissionDocument[] {
  const account = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAME } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: NAME } },
  ];
  const outside = listRules(LIST_CALLS.filter(({ isNamespaced }) => !isNamespaced));
  const inside = listRules(LIST_CALLS.filter(({ isNamespaced }) => isNamespaced));
  const paths: Rule = { nonResourceURLs: [ISSUER_PATH, VERSION_PATH], verbs: ['get'] };
  const cluster = [...outside, ...(namespaces === null ? inside : []), paths];
  const configMaps: Rule = {
    apiGroups: [''],
    resources: ['configmaps'],
    resourceNames: CONFIG_MAPS,
    verbs: ['get'],
  };
  const objects = [
    ...account,
    ...granted(cluster, null),
    ...(namespaces ?? []).flatMap((namespace) => granted(inside, namespace)),
    ...granted([configMaps], 'kube-system', `${NAME}-configmaps`),
  ];
  return [
    {
      title: 'ServiceAccount with the roles and bindings that the scan needs: kubectl apply -f',
      extension: 'yaml',
      text: objects.map((object) => stringify(object)).join('---\n'),
      permissions: names([...cluster, ...inside, configMaps]),
    },
  ];
}

/** Lists by API group; `watch` and `get` are not needed. */
function listRules(calls: readonly ListCall[]): readonly Rule[] {
  const groups = [...new Set(calls.map(({ group }) => group))].toSorted();
  return groups.map((group) => ({
    apiGroups: [group],
    resources: calls.flatMap((call) => (call.group === group ? [call.resource] : [])).toSorted(),
    verbs: ['list'],
  }));
}

function granted(rules: readonly Rule[], namespace: string | null, name = NAME): readonly unknown[] {
  const metadata = namespace === null ? { name } : { name, namespace };
  const kind = namespace === null ? 'ClusterRole' : 'Role';
  return [
    { apiVersion: `${API}/v1`, kind, metadata, rules },
    {
      apiVersion: `${API}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: API, kind, name },
      subjects: [SUBJECT],
    },
  ];
}

function names(rules: readonly Rule[]): readonly string[] {
  const all = rules.flatMap(({ apiGroups = [], resources = [], nonResourceURLs = [], verbs }) =>
    verbs.flatMap((verb) => [
      ...nonResourceURLs.map((path) => `${verb} ${path}`),
      ...apiGroups.flatMap((group) =>
        resources.map((resource) => `${verb} ${group === '' ? resource : `${resource}.${group}`}`),
      ),
    ]),
  );
  return [...new Set(all)].toSorted();
}
