import { z } from 'zod';
import type { Feed } from '#model/scope.ts';
import { type AdmissionBody, admissionPolicyBody, webhookBody } from './admission.ts';
import { type ConfigMapBody, configMapBody } from './config-map.ts';
import {
  type CertificateRequestBody,
  certificateRequestBody,
  type SecretBody,
  secretBody,
  type ServiceAccountBody,
  serviceAccountBody,
} from './credential.ts';
import { type BindingBody, bindingBody, type RoleBody, roleBody } from './rbac.ts';
import { cronJobBody, podBody, templateBody, type WorkloadBody } from './workload.ts';

/** What is kept of each kind of object that says something about identities, besides its metadata. */
export interface Bodies {
  readonly Namespace: Nothing;
  readonly ServiceAccount: ServiceAccountBody;
  readonly Role: RoleBody;
  readonly ClusterRole: RoleBody;
  readonly RoleBinding: BindingBody;
  readonly ClusterRoleBinding: BindingBody;
  readonly Secret: SecretBody;
  readonly ConfigMap: ConfigMapBody;
  readonly Pod: WorkloadBody;
  readonly Deployment: WorkloadBody;
  readonly DaemonSet: WorkloadBody;
  readonly StatefulSet: WorkloadBody;
  readonly ReplicaSet: WorkloadBody;
  readonly ReplicationController: WorkloadBody;
  readonly Job: WorkloadBody;
  readonly CronJob: WorkloadBody;
  readonly Node: Nothing;
  readonly CertificateSigningRequest: CertificateRequestBody;
  readonly ValidatingAdmissionPolicy: AdmissionBody;
  readonly ValidatingAdmissionPolicyBinding: AdmissionBody;
  readonly ValidatingWebhookConfiguration: AdmissionBody;
  readonly MutatingWebhookConfiguration: AdmissionBody;
}

export type Kind = keyof Bodies;

/** How a kind is told and read. */
export interface KindSpec<Body> {
  /** Its API groups, the current one first. */
  readonly groups: readonly string[];
  readonly isNamespaced: boolean;
  /** What `kubectl get` calls it. */
  readonly resource: string;
  /** The feeds that have a gap where one of them cannot be read, the one that it is chiefly about first. */
  readonly feeds: readonly Feed[];
  readonly body: z.ZodType<Body>;
}

interface Nothing {
  readonly [key: string]: never;
}

const nothing = z.unknown().transform((): Nothing => ({}));
const rbac = ['rbac.authorization.k8s.io'];
const apps = ['apps', 'extensions'];
const admission = ['admissionregistration.k8s.io'];

/** Every kind that is read, by its name. */
export const KINDS: { readonly [K in Kind]: KindSpec<Bodies[K]> } = {
  Namespace: cluster([''], 'namespaces', ['identities', 'owners'], nothing),
  ServiceAccount: namespaced([''], 'serviceaccounts', ['identities', 'trusts', 'owners'], serviceAccountBody),
  Role: namespaced(rbac, 'roles', ['roles'], roleBody),
  ClusterRole: cluster(rbac, 'clusterroles', ['roles'], roleBody),
  RoleBinding: namespaced(rbac, 'rolebindings', ['grants', 'groups'], bindingBody),
  ClusterRoleBinding: cluster(rbac, 'clusterrolebindings', ['grants', 'groups'], bindingBody),
  Secret: namespaced([''], 'secrets', ['credentials', 'usages'], secretBody),
  ConfigMap: namespaced([''], 'configmaps', ['usages', 'trusts'], configMapBody),
  Pod: namespaced([''], 'pods', ['workloads'], podBody),
  Deployment: namespaced(apps, 'deployments', ['workloads'], templateBody),
  DaemonSet: namespaced(apps, 'daemonsets', ['workloads'], templateBody),
  StatefulSet: namespaced(apps, 'statefulsets', ['workloads'], templateBody),
  ReplicaSet: namespaced(apps, 'replicasets', ['workloads'], templateBody),
  ReplicationController: namespaced([''], 'replicationcontrollers', ['workloads'], templateBody),
  Job: namespaced(['batch'], 'jobs', ['workloads'], templateBody),
  CronJob: namespaced(['batch'], 'cronjobs', ['workloads'], cronJobBody),
  Node: cluster([''], 'nodes', ['identities'], nothing),
  CertificateSigningRequest: cluster(
    ['certificates.k8s.io'],
    'certificatesigningrequests',
    ['credentials'],
    certificateRequestBody,
  ),
  ValidatingAdmissionPolicy: cluster(
    admission,
    'validatingadmissionpolicies',
    ['guardrails'],
    admissionPolicyBody,
  ),
  ValidatingAdmissionPolicyBinding: cluster(
    admission,
    'validatingadmissionpolicybindings',
    ['guardrails'],
    admissionPolicyBody,
  ),
  ValidatingWebhookConfiguration: cluster(
    admission,
    'validatingwebhookconfigurations',
    ['guardrails'],
    webhookBody,
  ),
  MutatingWebhookConfiguration: cluster(
    admission,
    'mutatingwebhookconfigurations',
    ['guardrails'],
    webhookBody,
  ),
};

/** All feeds that objects of Kubernetes fill. */
export const ALL_FEEDS: readonly Feed[] = [...new Set(Object.values(KINDS).flatMap(({ feeds }) => feeds))];

/** Whether objects of this name are read (whatever their API group). */
export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}

function cluster<Body>(
  groups: readonly string[],
  resource: string,
  feeds: readonly Feed[],
  body: z.ZodType<Body>,
): KindSpec<Body> {
  return { groups, isNamespaced: false, resource, feeds, body };
}

function namespaced<Body>(
  groups: readonly string[],
  resource: string,
  feeds: readonly Feed[],
  body: z.ZodType<Body>,
): KindSpec<Body> {
  return { groups, isNamespaced: true, resource, feeds, body };
}
