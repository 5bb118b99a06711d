import type { Severity } from '#model/finding.ts';
import { SANDBOX, STORES } from './azure/tenant.ts';
import { clusterBindingUid, serviceAccountUid } from '#model/uid.ts';

/** One planted problem, as a finding must show it. */
export interface PlantedCase {
  /** null: the finding has no identity, because there is none. */
  readonly identity: string | null;
  /** The credential, grant, trust or role that it is about; null: the identity itself. */
  readonly subject: string | null;
  readonly why: string;
  /** What lifts the severity of this case one step above the rule's own. */
  readonly raisedBy?: 'production' | 'administrator' | undefined;
  /** Where to see it, below examples/acme. */
  readonly file: string;
}

/** Every planted problem that one rule finds. */
export interface PlantedRule {
  readonly rule: string;
  /** The rule's own. */
  readonly severity: Severity;
  readonly cases: readonly PlantedCase[];
}

/** Where the cases of each account and cluster are to be seen. */
export const FILES = {
  prod: 'aws/prod/authorization-details.json',
  prodReport: 'aws/prod/credential-report.csv',
  dev: 'aws/dev/authorization-details.json',
  devReport: 'aws/dev/credential-report.json',
  legacy: 'kubernetes/onprem/legacy.yaml',
  azureActivity: 'azure/sign-in-activities.json',
  azureApplications: 'azure/applications.json',
  azurePrincipals: 'azure/service-principals.json',
  azureRoles: 'azure/app-role-assignments.json',
  azureSandbox: `azure/role-assignments-${SANDBOX.id}.json`,
  azureStores: `azure/role-assignments-${STORES.id}.json`,
  azureTrusts: 'azure/identity-federated-credentials.json',
  gcpAssets: 'gcp/assets.json',
  gcpPolicies: 'gcp/iam-policies.json',
  registry: 'governance/nhi-registry.yaml',
} as const;

/** A file of the cluster on EKS. */
export function eksFile(kind: string): string {
  return `kubernetes/prod-eks/${kind}.json`;
}

/** The uid of a ServiceAccount of the cluster on EKS. */
export function eks(namespace: string, name: string): string {
  return serviceAccountUid('prod-eks', namespace, name);
}

/** The uid of a ServiceAccount of the warehouse's cluster. */
export function onprem(namespace: string, name: string): string {
  return serviceAccountUid('onprem', namespace, name);
}

/** The uid of the grant that a binding gives a ServiceAccount; with `inNamespace` it is a RoleBinding. */
export function bindingGrant(
  cluster: string,
  bindingName: string,
  account: string,
  inNamespace?: string,
): string {
  return `${clusterBindingUid(cluster, bindingName, inNamespace)}#serviceaccount:${account}`;
}
