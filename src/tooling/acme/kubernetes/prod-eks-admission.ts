import type { Manifest } from './objects.ts';

const REGISTRATION = 'admissionregistration.k8s.io/v1';

/** What may forbid in the cluster on EKS what roles allow: webhooks of its operators, and a policy of Acme's own. */
export const ADMISSION_OBJECTS: readonly Manifest[] = [
  webhooks(
    'ValidatingWebhookConfiguration',
    'cert-manager-webhook',
    'cert-manager',
    'cert-manager.io',
    'certificates',
  ),
  webhooks(
    'ValidatingWebhookConfiguration',
    'secretstore-validate',
    'external-secrets',
    'external-secrets.io',
    'secretstores',
  ),
  webhooks(
    'MutatingWebhookConfiguration',
    'cert-manager-webhook',
    'cert-manager',
    'cert-manager.io',
    'certificaterequests',
  ),
  webhooks('MutatingWebhookConfiguration', 'pod-identity-webhook', 'kube-system', '', 'pods'),
  {
    apiVersion: REGISTRATION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'own-registry' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
        ],
      },
      validations: [
        {
          expression: "object.spec.containers.all(container, container.image.startsWith('acme/'))",
          message: 'Images come from the registry of Acme.',
        },
      ],
    },
  },
  {
    apiVersion: REGISTRATION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'own-registry-payments' },
    spec: {
      policyName: 'own-registry',
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payments' } } },
    },
  },
];

function webhooks(
  kind: string,
  name: string,
  namespace: string,
  apiGroup: string,
  resource: string,
): Manifest {
  return {
    apiVersion: REGISTRATION,
    kind,
    metadata: { name },
    webhooks: [
      {
        name: `${resource}.${name}.acme.example`,
        admissionReviewVersions: ['v1'],
        clientConfig: { service: { name, namespace, path: `/${resource}`, port: 443 } },
        failurePolicy: kind === 'MutatingWebhookConfiguration' ? 'Ignore' : 'Fail',
        rules: [
          {
            apiGroups: [apiGroup],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: [resource],
          },
        ],
        sideEffects: 'None',
      },
    ],
  };
}
