import { describe, expect, it } from 'vitest';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { everywhere, inPay, oneStep, rule } from '#test/access/kubernetes/becoming.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';

const WORLD = { serviceAccounts: ['pay/api'], users: ['bob', 'system:node:n1'], members: { ops: ['bob'] } };
const CERTIFICATES = 'certificates.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

describe('who requests certificates and approves them', () => {
  const rules = (...signers: string[]) => [
    rule('create', 'certificatesigningrequests', CERTIFICATES),
    rule('update', 'certificatesigningrequests/approval', CERTIFICATES),
    rule('approve', 'signers', CERTIFICATES, ...signers),
  ];
  const anybody = [
    'approve-certificate? group:ops',
    'approve-certificate? serviceaccount:pay/api',
    'approve-certificate? user:bob',
    'approve-certificate? user:system:node:n1',
  ];

  it.each([[[]], [['kubernetes.io/kube-apiserver-client']], [['kubernetes.io/*']]])(
    'may sign in as anybody, with the signer of clients (%j)',
    (signers) => {
      expect(oneStep({ ...WORLD, ...everywhere(...rules(...signers)) }, 'user:ann')).toEqual(anybody);
    },
  );

  it('may sign in as a node, with the signer of kubelets', () => {
    expect(
      oneStep(
        { ...WORLD, ...everywhere(...rules('kubernetes.io/kube-apiserver-client-kubelet')) },
        'user:ann',
      ),
    ).toEqual(['approve-certificate? user:system:node:n1']);
  });

  it('is nobody with another signer, or with one of the three permissions missing', () => {
    expect(oneStep({ ...WORLD, ...everywhere(...rules('acme.example/signer')) }, 'user:ann')).toEqual([]);
    for (const missing of [0, 1, 2]) {
      const two = rules().filter((_, index) => index !== missing);
      expect(oneStep({ ...WORLD, ...everywhere(...two) }, 'user:ann')).toEqual([]);
    }
  });
});

describe('who sets up admission webhooks', () => {
  it('may have full control by a mutating one', () => {
    const permission = rule('patch', 'mutatingwebhookconfigurations', ADMISSION);
    expect(oneStep({ ...WORLD, ...everywhere(permission) }, 'user:ann')).toEqual(['mutating-webhook? admin']);
    expect(oneStep({ ...WORLD, ...inPay(permission) }, 'user:ann')).toEqual([]);
  });

  it('may see tokens by a validating one', () => {
    const world = { ...WORLD, tokenSecrets: { 'pay/t': 'pay/api' } };
    const permission = rule('create', 'validatingwebhookconfigurations', ADMISSION);
    expect(oneStep({ ...world, ...everywhere(permission) }, 'user:ann')).toEqual([
      'validating-webhook? serviceaccount:pay/api',
    ]);
  });
});

describe('aws-auth', () => {
  const role = 'arn:aws:iam::111122223333:role/ops';
  const withAwsAuth = (estate: Estate, certainty: 'certain' | 'conditional') => ({
    ...estateRecords(estate),
    trusts: [
      {
        uid: `k8s:prod:user:ops#aws-auth:${role}`,
        system: 'kubernetes' as const,
        scopeUid: 'k8s:prod',
        identityUid: 'k8s:prod:user:ops',
        trusted: role,
        trustedKind: 'identity' as const,
        mechanism: 'aws-auth',
        condition: null,
        external: null,
        certainty,
      },
    ],
  });

  it('lets an IAM principal become the user that it maps it to', () => {
    for (const certainty of ['certain', 'conditional'] as const) {
      const edges = [...kubernetesAccess(withAwsAuth({ users: ['ops'] }, certainty)).edges()];
      expect(edges).toContainEqual({
        fromUid: role,
        toUid: 'k8s:prod:user:ops',
        via: 'aws-auth',
        permissions: [],
        certainty,
        evidence: [`k8s:prod:user:ops#aws-auth:${role}`],
      });
    }
  });

  it('gives full control to who may change it, where the cluster has it', () => {
    const estate = everywhere(rule('update', 'configmaps', '', 'aws-auth'));
    const changes = (edges: Iterable<{ via: string; toUid: string }>) =>
      [...edges].filter(({ via }) => via === 'change-aws-auth').map(({ toUid }) => toUid);
    expect(changes(kubernetesAccess(withAwsAuth(estate, 'certain')).edges())).toEqual(['k8s:prod:admin']);
    expect(changes(kubernetesAccess(estateRecords(estate)).edges())).toEqual([]);
    expect(
      changes(kubernetesAccess(withAwsAuth(inPay(rule('update', 'configmaps')), 'certain')).edges()),
    ).toEqual([]);
  });
});
