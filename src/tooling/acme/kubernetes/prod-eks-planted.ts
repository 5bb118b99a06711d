import { PROD, roleArn } from '../aws/account.ts';
import type { AppSpec } from './app.ts';
import { account, binding, type Manifest, pathRule, role, rule, serviceAccount } from './objects.ts';
import { tokenSecret } from './token-secret.ts';

const READ = 'get,list,watch';
const ALL = `${READ},create,update,patch,delete`;

/** The workloads of the cluster on EKS that have something wrong with them; ../planted.ts says what. */
export const PLANTED_APPS: readonly AppSpec[] = [
  {
    namespace: 'argocd',
    name: 'argocd-application-controller',
    kind: 'StatefulSet',
    image: 'argocd:v3.1.9',
    cluster: [rule('*', '*', '*'), pathRule('*', '*')],
  },
  {
    namespace: 'velero',
    name: 'velero',
    image: 'velero:v1.17.0',
    awsRole: roleArn(PROD, 'velero'),
    bind: ['ClusterRole/cluster-admin'],
  },
  {
    namespace: 'shop',
    name: 'recommendations',
    replicas: 2,
    image: 'acme/recommendations:0.8.0',
    awsRole: roleArn(PROD, 'shop-recommendations'),
    noToken: true,
  },
  {
    namespace: 'shop',
    name: 'cart',
    account: 'shop-backend',
    replicas: 2,
    image: 'acme/cart:3.9.1',
    local: [rule('core', 'configmaps', READ)],
  },
  {
    namespace: 'shop',
    name: 'inventory',
    account: 'shop-backend',
    sharedAccount: true,
    replicas: 2,
    image: 'acme/inventory:2.2.7',
  },
  {
    namespace: 'shop',
    name: 'reviews',
    account: 'shop-backend',
    sharedAccount: true,
    image: 'acme/reviews:1.15.0',
  },
  {
    namespace: 'shop',
    name: 'notifications',
    account: 'shop-backend',
    sharedAccount: true,
    image: 'acme/notifications:1.3.3',
  },
  { namespace: 'data', name: 'notebook-proxy', account: 'default', image: 'acme/notebook-proxy:0.3.0' },
  {
    namespace: 'monitoring',
    name: 'node-debugger',
    kind: 'DaemonSet',
    image: 'acme/node-debugger:0.2.1',
    cluster: [rule('core', 'secrets', READ), rule('core', 'nodes/proxy', 'get')],
  },
  {
    namespace: 'tools',
    name: 'support-console',
    image: 'acme/support-console:1.8.0',
    cluster: [rule('core', 'pods', READ), rule('core', 'pods/exec', 'create')],
  },
  {
    namespace: 'ci',
    name: 'role-provisioner',
    image: 'acme/role-provisioner:0.5.0',
    cluster: [
      rule('rbac.authorization.k8s.io', 'clusterroles', 'bind,escalate'),
      rule('rbac.authorization.k8s.io', 'clusterrolebindings', 'create,update'),
    ],
  },
  {
    namespace: 'payments',
    name: 'reconciliation-export',
    kind: 'CronJob',
    image: 'acme/recon-export:1.1.0',
    suspended: true,
    local: [rule('core', 'secrets', READ)],
  },
];

/** Objects of the cluster on EKS that have something wrong with them, with their age in days. */
export const PLANTED_OBJECTS: readonly (readonly [Manifest, number])[] = [
  [role({ name: 'notebook-runner', namespace: 'data' }, [rule('core', 'pods,pods/log,secrets', ALL)]), 288],
  [
    binding({ name: 'notebook-runner', namespace: 'data' }, 'Role/notebook-runner', [
      account('data', 'default'),
    ]),
    288,
  ],
  [
    binding({ name: 'default-view', namespace: 'tools' }, 'ClusterRole/view', [account('tools', 'default')]),
    260,
  ],
  [role({ name: 'psp-migrator', namespace: 'payments' }, [rule('core', 'secrets', READ)]), 350],
  [
    binding({ name: 'psp-migrator', namespace: 'payments' }, 'Role/psp-migrator', [
      account('payments', 'psp-migrator'),
    ]),
    350,
  ],
  [serviceAccount({ name: 'release-manager', namespace: 'shop' }), 340],
  [
    binding({ name: 'release-manager', namespace: 'shop' }, 'Role/release-manager', [
      account('shop', 'release-manager'),
    ]),
    340,
  ],
  [
    serviceAccount({ name: 'wishlist', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'wishlist' } }),
    322,
  ],
  [serviceAccount({ name: 'jenkins-deployer', namespace: 'ci' }), 350],
  [
    role({ name: 'jenkins-deployer', namespace: 'shop' }, [
      rule('apps', 'deployments', `${READ},update,patch`),
    ]),
    350,
  ],
  [
    binding({ name: 'jenkins-deployer', namespace: 'shop' }, 'Role/jenkins-deployer', [
      account('ci', 'jenkins-deployer'),
    ]),
    350,
  ],
  [tokenSecret('ci', 'jenkins-deployer-token', 'jenkins-deployer', '2026-04-03'), 350],
  [serviceAccount({ name: 'uptime-probe', namespace: 'monitoring' }), 355],
  [
    binding({ name: 'uptime-probe', namespace: 'monitoring' }, 'ClusterRole/view', [
      account('monitoring', 'uptime-probe'),
    ]),
    355,
  ],
  [tokenSecret('monitoring', 'uptime-probe-token', 'uptime-probe'), 355],
  [tokenSecret('tools', 'backstage-catalog-token', 'backstage', '2026-11-19'), 47],
];
