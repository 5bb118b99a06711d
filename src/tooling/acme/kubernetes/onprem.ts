import { yamlDocuments } from '../print.ts';
import { accessObjects, workload } from './app.ts';
import {
  account,
  aggregatedRole,
  binding,
  group,
  type Manifest,
  namespace,
  role,
  rule,
  serviceAccount,
} from './objects.ts';
import { ONPREM_APPS, ONPREM_PLANTED_APPS } from './onprem-apps.ts';

/** The cluster's namespaces, and the teams that they belong to. */
export const ONPREM_NAMESPACES: readonly (readonly [string, string | undefined])[] = [
  ['backup', 'operations'],
  ['delivery', 'platform'],
  ['ingress', 'platform'],
  ['legacy', undefined],
  ['monitoring', 'monitoring'],
  ['network', 'platform'],
  ['storage', 'platform'],
  ['stores', 'operations'],
  ['vault', 'security'],
  ['warehouse', 'operations'],
];

const TEAMS = new Map(ONPREM_NAMESPACES);

/** The manifests that Acme keeps in Git for the cluster in its warehouse, by file name. */
export function onpremFiles(): ReadonlyMap<string, string> {
  const apps = Object.entries(ONPREM_APPS).map(([file, specs]): [string, string] => {
    const objects = specs.flatMap((app) => [...accessObjects(app, TEAMS.get(app.namespace)), workload(app)]);
    return [
      file,
      yamlDocuments(
        `Applied to the warehouse cluster from Git. Owner: see the namespace's team label.`,
        objects,
      ),
    ];
  });
  return new Map([
    [
      'namespaces.yaml',
      yamlDocuments('Namespaces, and their default ServiceAccounts without a mounted token.', namespaces()),
    ],
    [
      'cluster-roles.yaml',
      yamlDocuments('What people and tools may do. The sums are made by label.', clusterRoles()),
    ],
    ...apps,
    ['legacy.yaml', yamlDocuments('From before the clusters were managed from Git.', legacy())],
  ]);
}

function namespaces(): readonly Manifest[] {
  return ONPREM_NAMESPACES.flatMap(([name, team]) => [
    namespace(name, team, 'production'),
    serviceAccount({ name: 'default', namespace: name }, { automountServiceAccountToken: false }),
  ]);
}

/** Two levels of aggregation: what readers see, operators see too; what operators may do, shift leads may too. */
function clusterRoles(): readonly Manifest[] {
  const part = (name: string, level: string, rules: Parameters<typeof role>[1]) =>
    role({ name, labels: { [label(level)]: 'true' } }, rules);
  return [
    part('acme-read-workloads', 'reader', [
      rule('core', 'pods,services,configmaps', 'get,list,watch'),
      rule('apps', 'deployments,statefulsets', 'get,list,watch'),
    ]),
    part('acme-read-storage', 'reader', [rule('longhorn.io', 'volumes', 'get,list,watch')]),
    part('acme-restart', 'operator', [
      rule('core', 'pods', 'delete'),
      rule('apps', 'deployments/scale', 'patch'),
    ]),
    part('acme-handover', 'lead', [rule('core', 'configmaps', 'update,patch', 'shift-plan')]),
    aggregatedRole({ name: 'acme-reader', labels: { [label('operator')]: 'true' } }, [label('reader')]),
    aggregatedRole({ name: 'acme-operator', labels: { [label('lead')]: 'true' } }, [label('operator')]),
    aggregatedRole({ name: 'acme-lead' }, [label('lead')]),
    binding({ name: 'acme-operators', namespace: 'warehouse' }, 'ClusterRole/acme-operator', [
      group('oidc:warehouse-operators'),
    ]),
    binding({ name: 'acme-leads', namespace: 'warehouse' }, 'ClusterRole/acme-lead', [
      group('oidc:warehouse-leads'),
    ]),
    serviceAccount({
      name: 'wallboard',
      namespace: 'warehouse',
      labels: { 'app.kubernetes.io/name': 'wallboard' },
    }),
    binding({ name: 'wallboard', namespace: 'warehouse' }, 'ClusterRole/acme-reader', [
      account('warehouse', 'wallboard'),
    ]),
    serviceAccount({ name: 'night-shift-bot', namespace: 'warehouse' }),
    binding({ name: 'night-shift-bot', namespace: 'warehouse' }, 'ClusterRole/acme-operator', [
      account('warehouse', 'night-shift-bot'),
    ]),
    serviceAccount({ name: 'inventory-audit', namespace: 'stores' }),
    binding({ name: 'inventory-audit', namespace: 'stores' }, 'ClusterRole/view', [
      account('stores', 'inventory-audit'),
    ]),
  ];
}

function label(level: string): string {
  return `acme.example/aggregate-to-${level}`;
}

/** Planted, all of it; ../planted.ts says what. */
function legacy(): readonly Manifest[] {
  return [
    ...ONPREM_PLANTED_APPS.flatMap((app) => [...accessObjects(app), workload(app)]),
    role({ name: 'intranet', namespace: 'legacy' }, [rule('core', 'configmaps,secrets', 'get,list')]),
    binding({ name: 'intranet', namespace: 'legacy' }, 'Role/intranet', [account('legacy', 'default')]),
    binding({ name: 'nightly-reports' }, 'ClusterRole/acme-reader', [account('legacy', 'nightly-reports')]),
    serviceAccount({ name: 'print-server', namespace: 'legacy' }),
    binding({ name: 'print-server' }, 'ClusterRole/acme-print-admin', [account('legacy', 'print-server')]),
    binding({ name: 'everyone-reads' }, 'ClusterRole/acme-reader', [group('system:authenticated')]),
  ];
}
