import type { Meta } from '../objects/meta.ts';

/** The ServiceAccounts of the controller manager's controllers, which it makes itself in kube-system. */
const CONTROLLERS = new Set([
  'attachdetach-controller',
  'bootstrap-signer',
  'certificate-controller',
  'clusterrole-aggregation-controller',
  'cronjob-controller',
  'daemon-set-controller',
  'deployment-controller',
  'device-taint-eviction-controller',
  'disruption-controller',
  'endpoint-controller',
  'endpointslice-controller',
  'endpointslicemirroring-controller',
  'ephemeral-volume-controller',
  'expand-controller',
  'generic-garbage-collector',
  'horizontal-pod-autoscaler',
  'job-controller',
  'kube-apiserver-serving-clustertrustbundle-publisher',
  'kube-controller-manager',
  'kube-scheduler',
  'legacy-service-account-token-cleaner',
  'namespace-controller',
  'node-controller',
  'persistent-volume-binder',
  'pod-garbage-collector',
  'pv-protection-controller',
  'pvc-protection-controller',
  'replicaset-controller',
  'replication-controller',
  'resource-claim-controller',
  'resourcequota-controller',
  'root-ca-cert-publisher',
  'route-controller',
  'selinux-warning-controller',
  'service-account-controller',
  'service-cidrs-controller',
  'service-controller',
  'statefulset-controller',
  'storage-version-migrator-controller',
  'storageversion-garbage-collector',
  'token-cleaner',
  'ttl-after-finished-controller',
  'ttl-controller',
  'validatingadmissionpolicy-status-controller',
  'volumeattributesclass-protection-controller',
]);

/** Labels with which managed clusters mark the add-ons that they look after. */
const ADD_ON_LABELS = [
  'addonmanager.kubernetes.io/mode',
  'kubernetes.azure.com/managedby',
  'eks.amazonaws.com/component',
];

/**
 * Whether Kubernetes or the cloud that runs the cluster made a ServiceAccount and looks after it. Only kube-system, where
 * nobody but an administrator writes, is taken at its word: names and labels elsewhere are anybody's.
 */
export function isProviderAccount({ namespace, name, labels }: Meta): boolean {
  if (namespace !== 'kube-system') return false;
  return CONTROLLERS.has(name) || ADD_ON_LABELS.some((label) => Object.hasOwn(labels, label));
}
