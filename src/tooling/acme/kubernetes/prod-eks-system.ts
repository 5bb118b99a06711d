import { PROD, roleArn } from '../aws/account.ts';
import type { AppSpec } from './app.ts';
import { pathRule, rule } from './objects.ts';

const READ = 'get,list,watch';
const ALL = `${READ},create,update,patch,delete`;
const LEASES = rule('coordination.k8s.io', 'leases', 'get,create,update');

/** What the platform team runs in the cluster on EKS: networking, storage, operators, monitoring, delivery. */
export const SYSTEM_APPS: readonly AppSpec[] = [
  {
    namespace: 'kube-system',
    name: 'coredns',
    replicas: 2,
    image: 'eks/coredns:v1.12.4',
    cluster: [rule('core', 'endpoints,services,pods,namespaces', 'list,watch')],
  },
  {
    namespace: 'kube-system',
    name: 'aws-node',
    kind: 'DaemonSet',
    image: 'amazon-k8s-cni:v1.20.4',
    cluster: [rule('core', 'namespaces,pods', READ), rule('core', 'nodes', 'list,watch,get')],
  },
  {
    namespace: 'kube-system',
    name: 'kube-proxy',
    kind: 'DaemonSet',
    image: 'eks/kube-proxy:v1.34.1',
    bind: ['ClusterRole/system:node-proxier'],
  },
  {
    namespace: 'kube-system',
    name: 'aws-load-balancer-controller',
    replicas: 2,
    image: 'eks/aws-load-balancer-controller:v2.14.1',
    awsRole: roleArn(PROD, 'aws-load-balancer-controller'),
    local: [LEASES],
    cluster: [
      rule('core', 'services,endpoints,nodes', READ),
      rule('networking.k8s.io', 'ingresses', `${READ},update,patch`),
    ],
  },
  {
    namespace: 'kube-system',
    name: 'ebs-csi-controller',
    account: 'ebs-csi-controller-sa',
    replicas: 2,
    image: 'eks/aws-ebs-csi-driver:v1.50.1',
    awsRole: roleArn(PROD, 'ebs-csi-controller'),
    cluster: [
      rule('core', 'persistentvolumes', ALL),
      rule('storage.k8s.io', 'volumeattachments', `${READ},patch`),
    ],
  },
  {
    namespace: 'kube-system',
    name: 'ebs-csi-node',
    account: 'ebs-csi-node-sa',
    kind: 'DaemonSet',
    image: 'eks/aws-ebs-csi-driver:v1.50.1',
    cluster: [rule('core', 'nodes', 'get')],
  },
  {
    namespace: 'kube-system',
    name: 'metrics-server',
    image: 'eks/metrics-server:v0.8.0',
    bind: ['ClusterRole/system:auth-delegator'],
    cluster: [rule('core', 'nodes/metrics', 'get'), rule('core', 'pods,nodes', READ)],
  },
  {
    namespace: 'karpenter',
    name: 'karpenter',
    replicas: 2,
    image: 'karpenter/controller:1.8.1',
    awsRole: roleArn(PROD, 'karpenter-controller'),
    local: [LEASES],
    cluster: [
      rule('karpenter.sh', 'nodepools,nodeclaims', ALL),
      rule('core', 'nodes', `${READ},patch,delete`),
      rule('core', 'pods/eviction', 'create'),
    ],
  },
  {
    namespace: 'external-dns',
    name: 'external-dns',
    image: 'external-dns:v0.19.0',
    awsRole: roleArn(PROD, 'external-dns'),
    cluster: [rule('core', 'services,endpoints,pods', READ), rule('networking.k8s.io', 'ingresses', READ)],
  },
  {
    namespace: 'cert-manager',
    name: 'cert-manager',
    image: 'cert-manager-controller:v1.19.1',
    awsRole: roleArn(PROD, 'cert-manager'),
    cluster: [
      rule('cert-manager.io', 'certificates,certificaterequests,issuers', `${READ},update`),
      rule('core', 'events', 'create,patch'),
    ],
  },
  {
    namespace: 'cert-manager',
    name: 'cert-manager-cainjector',
    image: 'cert-manager-cainjector:v1.19.1',
    cluster: [rule('admissionregistration.k8s.io', 'validatingwebhookconfigurations', `${READ},patch`)],
  },
  {
    namespace: 'cert-manager',
    name: 'cert-manager-webhook',
    replicas: 2,
    image: 'cert-manager-webhook:v1.19.1',
    local: [rule('core', 'secrets', 'get,update', 'cert-manager-webhook-ca')],
  },
  {
    namespace: 'external-secrets',
    name: 'external-secrets',
    image: 'external-secrets:v0.20.3',
    awsRole: roleArn(PROD, 'external-secrets'),
    cluster: [
      rule('external-secrets.io', 'externalsecrets,secretstores', `${READ},update,patch`),
      rule('core', 'events', 'create,patch'),
    ],
  },
  {
    namespace: 'external-secrets',
    name: 'external-secrets-webhook',
    image: 'external-secrets:v0.20.3',
    noToken: true,
  },
  {
    namespace: 'ingress-nginx',
    name: 'ingress-nginx',
    replicas: 3,
    image: 'ingress-nginx/controller:v1.13.3',
    local: [LEASES],
    cluster: [
      rule('core', 'services,endpoints', READ),
      rule('networking.k8s.io', 'ingresses', READ),
      rule('networking.k8s.io', 'ingresses/status', 'update'),
    ],
  },
  {
    namespace: 'logging',
    name: 'fluent-bit',
    kind: 'DaemonSet',
    image: 'aws-for-fluent-bit:3.0.0',
    awsRole: roleArn(PROD, 'fluent-bit'),
    cluster: [rule('core', 'namespaces,pods', READ)],
  },
  {
    namespace: 'monitoring',
    name: 'prometheus-k8s',
    kind: 'StatefulSet',
    replicas: 2,
    image: 'prometheus:v3.7.2',
    cluster: [
      rule('core', 'nodes/metrics', 'get'),
      rule('core', 'services,endpoints,pods', READ),
      pathRule('/metrics', 'get'),
    ],
  },
  {
    namespace: 'monitoring',
    name: 'prometheus-operator',
    image: 'prometheus-operator:v0.86.1',
    cluster: [
      rule('monitoring.coreos.com', 'prometheuses,servicemonitors,podmonitors,prometheusrules', ALL),
      rule('apps', 'statefulsets', ALL),
    ],
  },
  {
    namespace: 'monitoring',
    name: 'alertmanager-main',
    kind: 'StatefulSet',
    replicas: 3,
    image: 'alertmanager:v0.28.1',
    noToken: true,
  },
  {
    namespace: 'monitoring',
    name: 'grafana',
    image: 'grafana:12.2.1',
    awsRole: roleArn(PROD, 'grafana'),
    noToken: true,
  },
  {
    namespace: 'monitoring',
    name: 'kube-state-metrics',
    image: 'kube-state-metrics:v2.17.0',
    cluster: [
      rule('core', 'pods,nodes,services,namespaces', 'list,watch'),
      rule('apps', 'deployments,daemonsets,statefulsets', 'list,watch'),
    ],
  },
  {
    namespace: 'monitoring',
    name: 'node-exporter',
    kind: 'DaemonSet',
    image: 'node-exporter:v1.10.2',
    noToken: true,
  },
  {
    namespace: 'argocd',
    name: 'argocd-server',
    replicas: 2,
    image: 'argocd:v3.1.9',
    local: [rule('argoproj.io', 'applications,appprojects', ALL), rule('core', 'secrets,configmaps', READ)],
  },
  { namespace: 'argocd', name: 'argocd-repo-server', replicas: 2, image: 'argocd:v3.1.9', noToken: true },
  {
    namespace: 'argocd',
    name: 'argocd-applicationset-controller',
    image: 'argocd:v3.1.9',
    local: [rule('argoproj.io', 'applicationsets,applications', ALL)],
  },
  {
    namespace: 'argocd',
    name: 'argocd-dex-server',
    image: 'dex:v2.44.0',
    local: [rule('core', 'configmaps', READ, 'argocd-cm')],
  },
  { namespace: 'argocd', name: 'argocd-redis', image: 'redis:8.2.2', noToken: true },
  {
    namespace: 'keda',
    name: 'keda-operator',
    image: 'keda:2.18.0',
    local: [LEASES],
    cluster: [
      rule('keda.sh', 'scaledobjects,scaledjobs', `${READ},update`),
      rule('apps', 'deployments/scale', 'get,update'),
    ],
  },
  {
    namespace: 'tools',
    name: 'backstage',
    replicas: 2,
    image: 'acme/backstage:2026.11',
    cluster: [rule('core', 'pods,services', READ), rule('apps', 'deployments', READ)],
  },
  { namespace: 'tools', name: 'sonarqube', kind: 'StatefulSet', image: 'sonarqube:25.10', noToken: true },
];
