import type { AppSpec } from './app.ts';
import { rule } from './objects.ts';

const READ = 'get,list,watch';
const ALL = `${READ},create,update,patch,delete`;
const LEASES = rule('coordination.k8s.io', 'leases', 'get,create,update');

/** What runs in the warehouse's own cluster, by the file in which Acme keeps it. */
export const ONPREM_APPS: Readonly<Record<string, readonly AppSpec[]>> = {
  'platform.yaml': [
    {
      namespace: 'ingress',
      name: 'traefik',
      kind: 'DaemonSet',
      image: 'traefik:v3.5.4',
      cluster: [rule('core', 'services,endpoints', READ), rule('networking.k8s.io', 'ingresses', READ)],
    },
    {
      namespace: 'storage',
      name: 'longhorn-manager',
      kind: 'DaemonSet',
      image: 'longhorn-manager:v1.10.0',
      cluster: [rule('longhorn.io', 'volumes,engines,replicas', ALL), rule('core', 'persistentvolumes', ALL)],
    },
    { namespace: 'storage', name: 'longhorn-ui', image: 'longhorn-ui:v1.10.0', noToken: true },
    {
      namespace: 'network',
      name: 'metallb-controller',
      image: 'metallb/controller:v0.15.2',
      local: [LEASES],
      cluster: [rule('core', 'services', `${READ},update`), rule('core', 'services/status', 'update')],
    },
    {
      namespace: 'network',
      name: 'metallb-speaker',
      kind: 'DaemonSet',
      image: 'metallb/speaker:v0.15.2',
      cluster: [rule('core', 'services,endpoints,nodes', READ)],
    },
    {
      namespace: 'vault',
      name: 'vault-agent-injector',
      image: 'vault-k8s:1.7.0',
      cluster: [
        rule(
          'admissionregistration.k8s.io',
          'mutatingwebhookconfigurations',
          `${READ},patch`,
          'vault-agent-injector',
        ),
      ],
    },
    {
      namespace: 'vault',
      name: 'vault',
      kind: 'StatefulSet',
      replicas: 3,
      image: 'vault:1.20.4',
      local: [rule('core', 'pods', 'get,update,patch'), LEASES],
    },
  ],
  'monitoring.yaml': [
    {
      namespace: 'monitoring',
      name: 'prometheus',
      kind: 'StatefulSet',
      image: 'prometheus:v3.7.2',
      cluster: [rule('core', 'nodes/metrics', 'get'), rule('core', 'services,endpoints,pods', READ)],
    },
    {
      namespace: 'monitoring',
      name: 'node-exporter',
      kind: 'DaemonSet',
      image: 'node-exporter:v1.10.2',
      noToken: true,
    },
    { namespace: 'monitoring', name: 'loki', kind: 'StatefulSet', image: 'loki:3.5.7', noToken: true },
    {
      namespace: 'monitoring',
      name: 'promtail',
      kind: 'DaemonSet',
      image: 'promtail:3.5.7',
      cluster: [rule('core', 'pods,namespaces', READ)],
    },
  ],
  'warehouse.yaml': [
    {
      namespace: 'warehouse',
      name: 'stock-uploader',
      kind: 'CronJob',
      image: 'acme/stock-uploader:2.2.0',
      // A key of the Google service account of the same name lies in it: the cluster's issuer is reachable by nobody.
      secrets: ['stock-uploader-google-key'],
      noToken: true,
    },
    {
      namespace: 'warehouse',
      name: 'pick-planner',
      replicas: 2,
      image: 'acme/pick-planner:7.4.0',
      noToken: true,
    },
    {
      namespace: 'warehouse',
      name: 'conveyor-gateway',
      kind: 'StatefulSet',
      image: 'acme/conveyor-gateway:3.0.6',
      noToken: true,
    },
    {
      namespace: 'warehouse',
      name: 'label-printer',
      replicas: 2,
      image: 'acme/label-printer:2.8.1',
      noToken: true,
    },
    {
      namespace: 'warehouse',
      name: 'stock-sync',
      kind: 'CronJob',
      schedule: '*/10 * * * *',
      image: 'acme/stock-sync:4.1.2',
      noToken: true,
    },
    {
      namespace: 'warehouse',
      name: 'shift-scaler',
      kind: 'CronJob',
      schedule: '0 5,21 * * *',
      image: 'acme/shift-scaler:1.2.0',
      local: [rule('apps', 'deployments/scale', 'get,patch')],
    },
    {
      namespace: 'warehouse',
      name: 'scanner-hub',
      replicas: 2,
      image: 'acme/scanner-hub:5.6.0',
      local: [rule('core', 'configmaps', READ)],
    },
  ],
  'stores.yaml': [
    { namespace: 'stores', name: 'till-sync', replicas: 2, image: 'acme/till-sync:8.1.0', noToken: true },
    {
      namespace: 'stores',
      name: 'price-labels',
      kind: 'CronJob',
      image: 'acme/price-labels:1.9.3',
      noToken: true,
    },
    {
      namespace: 'stores',
      name: 'receipt-archive',
      kind: 'StatefulSet',
      image: 'acme/receipt-archive:2.4.4',
      noToken: true,
    },
    { namespace: 'stores', name: 'footfall-counter', image: 'acme/footfall:0.7.7', noToken: true },
  ],
  'delivery.yaml': [
    {
      namespace: 'delivery',
      name: 'flux-source',
      image: 'flux/source-controller:v1.7.3',
      local: [LEASES],
      cluster: [rule('source.toolkit.fluxcd.io', 'gitrepositories,helmrepositories', `${READ},update,patch`)],
    },
    {
      namespace: 'delivery',
      name: 'flux-notification',
      image: 'flux/notification-controller:v1.7.4',
      local: [rule('core', 'secrets', 'get', 'chat-webhook')],
    },
    {
      namespace: 'delivery',
      name: 'registry-mirror',
      kind: 'StatefulSet',
      image: 'registry:3.0.0',
      noToken: true,
    },
  ],
  'backup.yaml': [
    {
      namespace: 'backup',
      name: 'etcd-snapshot',
      kind: 'CronJob',
      image: 'acme/etcd-snapshot:1.1.0',
      noToken: true,
    },
  ],
};

/** The workloads there that have something wrong with them; ../planted.ts says what. */
export const ONPREM_PLANTED_APPS: readonly AppSpec[] = [
  { namespace: 'legacy', name: 'tiller', image: 'helm/tiller:v2.17.0', bind: ['ClusterRole/cluster-admin'] },
  { namespace: 'legacy', name: 'intranet', account: 'default', image: 'acme/intranet:1.0.0' },
  {
    namespace: 'legacy',
    name: 'dashboard',
    image: 'kubernetes-dashboard:v2.7.0',
    cluster: [rule('*', '*', '*')],
  },
  {
    namespace: 'delivery',
    name: 'gitlab-deployer',
    image: 'gitlab-agent:v18.5.0',
    cluster: [rule('core', 'users,groups,serviceaccounts', 'impersonate')],
  },
  {
    namespace: 'legacy',
    name: 'token-broker',
    image: 'acme/token-broker:0.4.2',
    cluster: [rule('core', 'serviceaccounts/token', 'create')],
  },
];
