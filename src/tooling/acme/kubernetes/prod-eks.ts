import { PROD, roleArn } from '../aws/account.ts';
import { awsJson, kubectlJson } from '../print.ts';
import { pick } from '../seed.ts';
import { accessObjects, type AppSpec, workload } from './app.ts';
import { bootstrapObjects } from './bootstrap.ts';
import { describeCluster } from './describe-cluster.ts';
import { binding, group, type Manifest, namespace, serviceAccount } from './objects.ts';
import { NODES, node, podsOf } from './pods.ts';
import { ADMISSION_OBJECTS } from './prod-eks-admission.ts';
import { PLANTED_APPS, PLANTED_OBJECTS } from './prod-eks-planted.ts';
import { TEAM_APPS } from './prod-eks-shop.ts';
import { SYSTEM_APPS } from './prod-eks-system.ts';
import { served } from './served.ts';

const NAMESPACES: readonly (readonly [string, string | undefined])[] = [
  ['argocd', 'platform'],
  ['cert-manager', 'platform'],
  ['ci', 'platform'],
  ['data', 'data'],
  ['default', undefined],
  ['external-dns', 'platform'],
  ['external-secrets', 'platform'],
  ['ingress-nginx', 'platform'],
  ['karpenter', 'platform'],
  ['keda', 'platform'],
  ['kube-node-lease', undefined],
  ['kube-public', undefined],
  ['kube-system', undefined],
  ['logging', 'platform'],
  ['monitoring', 'monitoring'],
  ['payments', 'payments'],
  ['shop', 'web-shop'],
  ['tools', 'platform'],
  ['velero', 'operations'],
];

const TEAMS = new Map(NAMESPACES);

/** The day on which the cluster was made, in days before the export; nothing in it is older. */
const CLUSTER_AGE = 512;

/** `kubectl get <kind> --all-namespaces -o json` and `aws eks describe-cluster` of the cluster, by file name. */
export function prodEksFiles(): ReadonlyMap<string, string> {
  const apps = [...SYSTEM_APPS, ...TEAM_APPS, ...PLANTED_APPS];
  const objects = [
    ...clusterObjects().map((object) => served(object, CLUSTER_AGE)),
    ...apps.flatMap((app) => appObjects(app)),
    ...PLANTED_OBJECTS.map(([object, age]) => served(object, age)),
  ].toSorted(byNamespaceAndName);
  const kinds = [...new Set(objects.map(({ kind }) => kind))].toSorted();
  return new Map([
    ...kinds.map((kind): [string, string] => [
      fileOf(kind),
      kubectlJson(objects.filter((object) => object.kind === kind)),
    ]),
    ['describe-cluster.json', awsJson(describeCluster('prod-eks', CLUSTER_AGE))],
  ]);
}

/** As kubectl calls a kind's objects. */
function fileOf(kind: string): string {
  return `${kind.toLowerCase().replace(/y$/, 'ie')}s.json`;
}

function appObjects(app: AppSpec): readonly Manifest[] {
  const age = CLUSTER_AGE - 10 - pick(`${app.namespace}/${app.name}`, 200);
  return [
    ...[...accessObjects(app, TEAMS.get(app.namespace)), workload(app)].map((object) => served(object, age)),
    ...podsOf(app),
  ];
}

function clusterObjects(): readonly Manifest[] {
  return [
    ...NAMESPACES.flatMap(([name, team]) => [
      namespace(name, team, team === undefined ? undefined : 'production'),
      serviceAccount({ name: 'default', namespace: name }),
    ]),
    ...bootstrapObjects(),
    ...peopleBindings(),
    ...ADMISSION_OBJECTS,
    ...NODES.map(node),
    configMap('kube-apiserver-legacy-service-account-token-tracking', { since: '2025-06-26' }),
    configMap('aws-auth', { mapRoles: MAP_ROLES }),
  ];
}

/** People have their teams' groups: everybody sees, a team changes what is its own. */
function peopleBindings(): readonly Manifest[] {
  return [
    binding({ name: 'engineers-view' }, 'ClusterRole/view', [group('acme:engineers')]),
    teamBinding('web-shop', 'shop'),
    teamBinding('payments', 'payments'),
    teamBinding('data', 'data'),
  ];
}

function teamBinding(team: string, inNamespace: string): Manifest {
  const metadata = { name: `team-${team}`, namespace: inNamespace };
  return binding(metadata, 'ClusterRole/edit', [group(`acme:${team}`)]);
}

/** The nodes' role, and (planted) a pipeline's role as a cluster administrator, outside RBAC. */
const MAP_ROLES = [
  `- rolearn: ${roleArn(PROD, 'eks-prod-node')}`,
  '  username: system:node:{{EC2PrivateDNSName}}',
  '  groups: [system:bootstrappers, system:nodes]',
  `- rolearn: ${roleArn(PROD, 'shop-deploy')}`,
  '  username: shop-deploy',
  '  groups: [system:masters]',
  '',
].join('\n');

function configMap(name: string, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'kube-system' }, data };
}

function byNamespaceAndName(a: Manifest, b: Manifest): number {
  return place(a) < place(b) ? -1 : 1;
}

function place({ metadata }: Manifest): string {
  return `${metadata.namespace ?? ''} ${metadata.name}`;
}
