import type { Capability } from '#model/entitlement.ts';

/** Verbs on resources of one API group, and what whoever has any of them can do. */
interface KubernetesPermission {
  readonly capability: Capability;
  /** Why, in a few words. */
  readonly why: string;
  readonly verbs: readonly string[];
  readonly group: string;
  /** `pods`, `pods/exec`; `*`: every resource of the group. */
  readonly resources: readonly string[];
}

/** Verbs that show objects. A list shows them whole. */
export const READ: readonly string[] = ['get', 'list', 'watch'];
const CHANGE = ['update', 'patch'];
const WRITE = ['create', ...CHANGE];
const REMOVE = ['delete', 'deletecollection'];
const ALTER = [...CHANGE, ...REMOVE];
const ANY_WRITE = [...WRITE, ...REMOVE];
const ANY_METHOD = ['get', 'create', 'update', 'patch', 'delete'];

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const NETWORKING = 'networking.k8s.io';

/**
 * The permissions of Kubernetes and of widespread extensions that mean more than reading metadata. `admin` and
 * `escalate` are no row's: they follow from what an identity can do together.
 */
export const KUBERNETES_PERMISSIONS: readonly KubernetesPermission[] = [
  // https://kubernetes.io/docs/concepts/security/rbac-good-practices/ explains what is dangerous about most of these.
  row('identity-admin', 'says what a role allows', ANY_WRITE, RBAC, 'roles clusterroles'),
  row('identity-admin', 'says who has a role', ANY_WRITE, RBAC, 'rolebindings clusterrolebindings'),

  row('impersonate', 'acts as another', ['impersonate'], '', 'users groups serviceaccounts'),
  // https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation
  row(
    'impersonate',
    'acts as a user for some requests',
    ['impersonate:user-info'],
    'authentication.k8s.io',
    'users',
  ),
  row(
    'impersonate',
    'acts as one for some requests',
    ['impersonate:serviceaccount'],
    'authentication.k8s.io',
    'serviceaccounts',
  ),
  row(
    'impersonate',
    'acts as a node for some requests',
    ['impersonate:arbitrary-node'],
    'authentication.k8s.io',
    'nodes',
  ),

  row('credential-create', 'a token of a ServiceAccount', ['create'], '', 'serviceaccounts/token'),
  row('credential-create', 'a Secret of the token type gets a token', ['create'], '', 'secrets'),
  row(
    'credential-create',
    'lets a certificate be issued',
    CHANGE,
    'certificates.k8s.io',
    'certificatesigningrequests/approval',
  ),

  row('secret-read', 'shows their values', READ, '', 'secrets'),

  row('data-read', 'shows values', READ, '', 'configmaps'),
  row('data-read', 'what programs print', ['get'], '', 'pods/log'),
  row('data-read', 'what a pod serves on its ports', ['get', 'create'], '', 'pods/portforward'),
  row('data-read', 'what a pod or service serves', ANY_METHOD, '', 'pods/proxy services/proxy'),

  row('data-write', 'changes values that programs use', WRITE, '', 'secrets configmaps'),

  row('data-delete', 'removes values that programs use', REMOVE, '', 'secrets configmaps'),
  row('data-delete', 'the volume may go with it', REMOVE, '', 'persistentvolumeclaims persistentvolumes'),
  row('data-delete', 'everything in it goes with it', ['delete'], '', 'namespaces'),
  row(
    'data-delete',
    'all objects of the kind go with it',
    REMOVE,
    'apiextensions.k8s.io',
    'customresourcedefinitions',
  ),

  row('compute-run', 'runs an image of one’s choice', WRITE, '', 'pods replicationcontrollers'),
  row(
    'compute-run',
    'runs an image of one’s choice',
    WRITE,
    'apps',
    'deployments daemonsets replicasets statefulsets',
  ),
  row('compute-run', 'runs an image of one’s choice', WRITE, 'batch', 'jobs cronjobs'),
  row('compute-run', 'runs commands in a container', ['get', 'create'], '', 'pods/exec pods/attach'),
  row('compute-run', 'puts a container into a running pod', CHANGE, '', 'pods/ephemeralcontainers'),
  row('compute-run', 'has the kubelet run commands in its pods', ANY_METHOD, '', 'nodes/proxy'),
  row('compute-run', 'runs containers', WRITE, 'argoproj.io', 'workflows cronworkflows workflowtemplates'),
  row('compute-run', 'deploys what it names', WRITE, 'argoproj.io', 'applications applicationsets'),
  row('compute-run', 'runs containers', WRITE, 'tekton.dev', 'tasks taskruns pipelines pipelineruns'),
  row('compute-run', 'runs containers', WRITE, 'serving.knative.dev', 'services'),
  row('compute-run', 'runs machines', WRITE, 'kubevirt.io', 'virtualmachines virtualmachineinstances'),

  row('network-change', 'where traffic goes', ANY_WRITE, '', 'services services/status endpoints'),
  row('network-change', 'where traffic goes', ANY_WRITE, 'discovery.k8s.io', 'endpointslices'),
  row('network-change', 'which traffic is let through', ANY_WRITE, NETWORKING, 'networkpolicies'),
  row('network-change', 'what is reachable from outside', ANY_WRITE, NETWORKING, 'ingresses ingressclasses'),
  row('network-change', 'what is reachable from outside', ANY_WRITE, 'gateway.networking.k8s.io', '*'),
  row('network-change', 'which traffic is let through', ANY_WRITE, 'policy.networking.k8s.io', '*'),
  row(
    'network-change',
    'which traffic is let through',
    ANY_WRITE,
    'cilium.io',
    'ciliumnetworkpolicies ciliumclusterwidenetworkpolicies',
  ),
  row(
    'network-change',
    'which traffic is let through',
    ANY_WRITE,
    'projectcalico.org',
    'networkpolicies globalnetworkpolicies',
  ),
  row(
    'network-change',
    'which traffic is let through',
    ANY_WRITE,
    'crd.projectcalico.org',
    'networkpolicies globalnetworkpolicies',
  ),
  row('network-change', 'who answers for an API group', ANY_WRITE, 'apiregistration.k8s.io', 'apiservices'),

  row('logging-tamper', 'a trace of what happened', ALTER, '', 'events'),
  row('logging-tamper', 'a trace of what happened', ALTER, 'events.k8s.io', 'events'),
  row(
    'logging-tamper',
    'where audit events went, up to 1.18',
    ANY_WRITE,
    'auditregistration.k8s.io',
    'auditsinks',
  ),

  row(
    'policy-guardrail-remove',
    'checks what is admitted',
    ALTER,
    ADMISSION,
    'validatingwebhookconfigurations',
  ),
  row('policy-guardrail-remove', 'sets safe values', ALTER, ADMISSION, 'mutatingwebhookconfigurations'),
  row(
    'policy-guardrail-remove',
    'checks what is admitted',
    ALTER,
    ADMISSION,
    'validatingadmissionpolicies validatingadmissionpolicybindings',
  ),
  row(
    'policy-guardrail-remove',
    'sets safe values',
    ALTER,
    ADMISSION,
    'mutatingadmissionpolicies mutatingadmissionpolicybindings',
  ),
  // https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces
  row('policy-guardrail-remove', 'its labels set the Pod Security level', CHANGE, '', 'namespaces'),
  row('policy-guardrail-remove', 'limits what a namespace may use', ALTER, '', 'resourcequotas limitranges'),
  row(
    'policy-guardrail-remove',
    'what pods may do, up to 1.24',
    ['use', ...ALTER],
    'policy',
    'podsecuritypolicies',
  ),
  row('policy-guardrail-remove', 'checks what is admitted', ALTER, 'kyverno.io', '*'),
  row('policy-guardrail-remove', 'checks what is admitted', ALTER, 'templates.gatekeeper.sh', '*'),
  row('policy-guardrail-remove', 'checks what is admitted', ALTER, 'constraints.gatekeeper.sh', '*'),
];

function row(
  capability: Capability,
  why: string,
  verbs: readonly string[],
  group: string,
  resources: string,
): KubernetesPermission {
  return { capability, why, verbs, group, resources: resources.split(' ') };
}
