import type { Values } from '../terraform/plan-schema.ts';
import { isValues, type ResourceView } from '../terraform/resource-view.ts';

/** An object of Kubernetes with where it is from. */
export interface PlannedObject {
  readonly object: Values;
  readonly source: string;
  /** What it gives is known only after applying. */
  readonly isOpen: boolean;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Kinds by the names of Terraform's resources, without `_v1`. */
const KINDS: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  kubernetes_namespace: { apiVersion: 'v1', kind: 'Namespace' },
  kubernetes_service_account: { apiVersion: 'v1', kind: 'ServiceAccount' },
  kubernetes_role: { apiVersion: RBAC, kind: 'Role' },
  kubernetes_cluster_role: { apiVersion: RBAC, kind: 'ClusterRole' },
  kubernetes_role_binding: { apiVersion: RBAC, kind: 'RoleBinding' },
  kubernetes_cluster_role_binding: { apiVersion: RBAC, kind: 'ClusterRoleBinding' },
};

/** The objects that the Kubernetes resources of one side of a plan describe. */
export function objectsOf(resources: readonly ResourceView[]): PlannedObject[] {
  return resources.flatMap((view) => {
    const object = objectOf(view);
    if (object === null) return [];
    const open = ['rule', 'subject', 'role_ref', 'manifest'].filter((name) => view.isUnknown(name));
    for (const name of open) view.open(`${name}: known only after applying: what it gives is not known`);
    return [{ object, source: view.address, isOpen: open.length > 0 }];
  });
}

/** https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs */
function objectOf(view: ResourceView): Values | null {
  if (view.type === 'kubernetes_manifest')
    return isValues(view.value('manifest')) ? (view.blocks('manifest')[0] ?? null) : null;
  const kind = KINDS[view.type.replace(/_v1$/u, '')];
  if (kind === undefined) return null;
  const [roleRef] = view.blocks('role_ref');
  return {
    ...kind,
    metadata: metadataOf(view),
    ...(kind.kind.endsWith('Role') ? { rules: view.blocks('rule').map(ruleOf), ...aggregation(view) } : {}),
    ...(roleRef === undefined
      ? {}
      : {
          roleRef: { apiGroup: roleRef['api_group'], kind: roleRef['kind'], name: roleRef['name'] },
          subjects: view.blocks('subject').map(subjectOf),
        }),
  };
}

function metadataOf(view: ResourceView): Values {
  const [block = {}] = view.blocks('metadata');
  const isClusterWide = /^kubernetes_(?:namespace|cluster_)/u.test(view.type);
  const name = textIn(block, 'name');
  if (name === null) view.open('metadata.name: known only after applying');
  return {
    name: name ?? view.address,
    ...(isClusterWide ? {} : { namespace: textIn(block, 'namespace') ?? 'default' }),
    labels: block['labels'] ?? {},
    annotations: block['annotations'] ?? {},
  };
}

function ruleOf(rule: Values): Values {
  return withoutEmpty({
    apiGroups: rule['api_groups'],
    resources: rule['resources'],
    verbs: rule['verbs'],
    resourceNames: rule['resource_names'],
    nonResourceURLs: rule['non_resource_urls'],
  });
}

function subjectOf(subject: Values): Values {
  return withoutEmpty({
    kind: subject['kind'],
    name: subject['name'],
    // Terraform fills the namespace in for users and groups too, which have none.
    namespace: subject['kind'] === 'ServiceAccount' ? (subject['namespace'] ?? 'default') : null,
    apiGroup: subject['api_group'],
  });
}

function aggregation(view: ResourceView): Values {
  const [rule] = view.blocks('aggregation_rule');
  const selectors = rule === undefined ? [] : listIn(rule, 'cluster_role_selectors');
  if (selectors.length === 0) return {};
  return {
    aggregationRule: {
      clusterRoleSelectors: selectors.map((each) =>
        withoutEmpty({ matchLabels: each['match_labels'], matchExpressions: each['match_expressions'] }),
      ),
    },
  };
}

function listIn(values: Values, name: string): Values[] {
  const list = values[name];
  return Array.isArray(list) ? list.filter(isValues) : [];
}

function withoutEmpty(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== null &&
        value !== undefined &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function textIn(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
