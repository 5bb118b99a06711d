import { describe, expect, it } from 'vitest';
import { complaints, importTexts, listOf, only, type Rows, statuses } from './importing.ts';
import { account, type Fields, RBAC, served } from './objects.ts';

function annotated(annotations: Fields): Promise<Rows> {
  return importTexts({ 'all.json': listOf(account('pay/api', { annotations })) });
}

describe('an annotation for a cloud', () => {
  it.each([
    [
      'irsa',
      { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/team/api' },
      'arn:aws:iam::111122223333:role/team/api',
    ],
    [
      'gke-workload-identity',
      { 'iam.gke.io/gcp-service-account': 'api@acme.iam.gserviceaccount.com' },
      'gcp:serviceAccount:api@acme.iam.gserviceaccount.com',
    ],
    [
      'azure-workload-identity',
      {
        'azure.workload.identity/client-id': '0F8FAD5B-D9CB-469F-A165-70867728950E',
        'azure.workload.identity/tenant-id': 'T',
      },
      'entra:t:client:0f8fad5b-d9cb-469f-a165-70867728950e',
    ],
    [
      'azure-workload-identity',
      { 'azure.workload.identity/client-id': '0f8fad5b-d9cb-469f-a165-70867728950e' },
      'entra:unknown:client:0f8fad5b-d9cb-469f-a165-70867728950e',
    ],
  ])(
    'claims, as %s, an identity that has yet to trust the ServiceAccount',
    async (mechanism, annotations, identityUid) => {
      const { trusts } = await annotated({ ...annotations, other: 'x' });
      expect(only(trusts)).toEqual({
        uid: `k8s:prod:serviceaccount:pay/api->${identityUid}`,
        system: 'kubernetes',
        scopeUid: 'k8s:prod',
        identityUid,
        trusted: 'k8s:prod:serviceaccount:pay/api',
        trustedKind: 'identity',
        mechanism,
        condition: null,
        external: null,
        certainty: 'claimed',
        raw: { namespace: 'pay', serviceAccount: 'api', annotations },
      });
    },
  );

  it.each([
    { 'eks.amazonaws.com/role-arn': 'api' },
    { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:user/api' },
    { 'iam.gke.io/gcp-service-account': 'api' },
    { 'azure.workload.identity/client-id': 'api' },
  ])('that names no identity (%j) is a gap in the trusts', async (annotations) => {
    const rows = await annotated(annotations);
    expect(rows.trusts).toEqual([]);
    expect(complaints(rows)).toHaveLength(1);
  });

  it('that is empty claims nothing', async () => {
    const rows = await annotated({ 'eks.amazonaws.com/role-arn': '' });
    expect(rows.trusts).toEqual([]);
    expect(complaints(rows)).toEqual([]);
  });
});

describe('aws-auth', () => {
  const mapRoles = [
    '- rolearn: arn:aws:iam::111122223333:role/node',
    '  username: system:node:{{EC2PrivateDNSName}}',
    '  groups: [system:nodes]',
    '- rolearn: arn:aws:iam::111122223333:role/deploy',
    '  username: deploy',
    '  groups: [system:masters, ops]',
  ].join('\n');
  const configMap = (data: Fields): Fields => served('v1', 'ConfigMap', 'kube-system/aws-auth', { data });
  const cluster = (authenticationMode: string): Fields => ({
    cluster: {
      name: 'prod',
      arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod',
      accessConfig: { authenticationMode },
    },
  });

  it('lets roles of AWS become users of Kubernetes, in groups', async () => {
    const rows = await importTexts({ 'all.json': listOf(configMap({ mapRoles })) });
    expect(rows.trusts[1]).toMatchObject({
      identityUid: 'k8s:prod:user:deploy',
      trusted: 'arn:aws:iam::111122223333:role/deploy',
      trustedKind: 'identity',
      mechanism: 'aws-auth',
      certainty: 'conditional',
      condition: { authenticationMode: ['CONFIG_MAP', 'API_AND_CONFIG_MAP'] },
    });
    expect(rows.identities.map(({ uid, class: is }) => [uid, is])).toEqual([
      ['k8s:prod:user:system:node:{{EC2PrivateDNSName}}', 'non-human'],
      ['k8s:prod:user:deploy', 'unknown'],
    ]);
    expect(rows.memberships.map(({ groupUid, memberUid }) => [groupUid, memberUid])).toContainEqual([
      'k8s:prod:group:system:masters',
      'k8s:prod:user:deploy',
    ]);
  });

  it('may give anybody a name of the control plane, which makes them no part of it', async () => {
    const mapUsers = '- userarn: arn:aws:iam::111122223333:user/ann\n  username: system:kube-scheduler\n';
    const { identities } = await importTexts({ 'all.json': listOf(configMap({ mapUsers })) });
    expect(only(identities)).toMatchObject({ class: 'unknown', managedBy: 'customer' });
  });

  it('names users of AWS by their ARN where it gives them no name, and lets whole accounts in', async () => {
    const mapUsers = '- userarn: arn:aws:iam::111122223333:user/ann\n';
    const { trusts } = await importTexts({
      'all.json': listOf(configMap({ mapUsers, mapAccounts: '- "111122223333"\n- 012345678901\n' })),
    });
    expect(trusts.map(({ identityUid, trusted }) => [identityUid, trusted])).toEqual([
      ['k8s:prod:user:arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::111122223333:user/ann'],
      ['k8s:prod:group:system:authenticated', 'aws:111122223333'],
      ['k8s:prod:group:system:authenticated', 'aws:012345678901'],
    ]);
  });

  it.each([
    ['CONFIG_MAP', ['certain', 'certain']],
    ['API_AND_CONFIG_MAP', ['certain', 'certain']],
    ['API', []],
  ])('counts or not in the authentication mode %s', async (mode, certainties) => {
    const rows = await importTexts({
      'all.json': listOf(configMap({ mapRoles })),
      'cluster.json': cluster(mode),
    });
    expect(rows.trusts.map(({ certainty }) => certainty)).toEqual(certainties);
    expect(Object.values(statuses(rows, 'trusts'))).not.toContain('partial');
  });

  it('that is malformed is a gap in the trusts, and the rest is read', async () => {
    const rows = await importTexts({
      'all.json': listOf(
        configMap({ mapRoles: `${mapRoles}\n- username: nobody\n`, mapUsers: '[', mapAccounts: 'all' }),
      ),
    });
    expect(rows.trusts).toHaveLength(2);
    expect(complaints(rows).map((detail) => detail.replace(/^.*aws-auth: /u, ''))).toEqual([
      'mapRoles: entry 3 is malformed',
      'mapUsers, line 1: not valid YAML: missing char',
      'mapAccounts: no list',
    ]);
  });

  it('elsewhere than in kube-system is anybody’s', async () => {
    const { trusts } = await importTexts({
      'all.json': listOf(
        served('v1', 'ConfigMap', 'pay/aws-auth', { data: { mapRoles } }),
        account('pay/api'),
      ),
    });
    expect(trusts).toEqual([]);
  });
});

describe('admission policies and webhooks', () => {
  it('are guardrails of the cluster, without the addresses of the webhooks', async () => {
    const spec = { failurePolicy: 'Fail', validations: [{ expression: 'false' }] };
    const webhook = {
      name: 'a.acme.example',
      clientConfig: { url: 'https://user:password@acme.example' },
      rules: [],
    };
    const { guardrails } = await importTexts({
      'all.json': listOf(
        served('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'no-exec', { spec }),
        served('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'gate', {
          webhooks: [webhook],
        }),
        served(RBAC, 'ClusterRole', 'view', { rules: [] }),
      ),
    });
    expect(guardrails.map(({ uid, kind, targetUid, document }) => [uid, kind, targetUid, document])).toEqual([
      ['k8s:prod:validatingadmissionpolicy:no-exec', 'admission-policy', 'k8s:prod', { spec }],
      [
        'k8s:prod:validatingwebhookconfiguration:gate',
        'admission-policy',
        'k8s:prod',
        { webhooks: [{ name: 'a.acme.example', rules: [] }] },
      ],
    ]);
  });
});
