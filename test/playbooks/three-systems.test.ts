import { describe, expect, it } from 'vitest';
import type { ActingContext } from '#contract/action.ts';
import type { System } from '#model/system.ts';
import { twinsOf } from '#revocation/twins.ts';
import { azureActionsWith } from '../../playbooks/actions/azure/index.ts';
import { gcpActionsWith } from '../../playbooks/actions/gcp/index.ts';
import { kubernetesActions } from '../../playbooks/actions/kubernetes/index.ts';
import { step } from '../estates/access.ts';
import { openEstate } from '../estates/estate.ts';
import { azureServer, goodToken as azureToken } from './azure/azure-server.ts';
import { principal, SP, SP_UID } from './azure/subjects.ts';
import { workloadPlan } from './cloud-plan.ts';
import { account, ACCOUNT, ACCOUNT_UID, EMAIL, grant as googleGrant } from './gcp/subjects.ts';
import { goodToken as googleToken, googleServer } from './gcp/google-server.ts';
import { clusterServer } from './kubernetes/cluster-server.ts';

const POD = 'k8s:prod:serviceaccount:pay/app';
const SUBJECT = 'oidc:oidc.example.org/id/1:system:serviceaccount:pay:app';
const BINDING = '/apis/rbac.authorization.k8s.io/v1/namespaces/pay/rolebindings/b';
const FORMER = [
  account(),
  principal(),
  { uid: POD, system: 'kubernetes' as const, scopeUid: 'k8s:prod', kind: 'service-account', name: 'app' },
];

/** A ServiceAccount with a Google service account and a service principal that trust its tokens, on three servers. */
async function workload() {
  const google = await googleServer(
    { [ACCOUNT]: { name: ACCOUNT, uniqueId: '1001' }, 'projects/p': {} },
    {
      'projects/p': { etag: 'A', bindings: [{ role: 'roles/viewer', members: [`serviceAccount:${EMAIL}`] }] },
    },
  );
  const azure = await azureServer();
  azure.objects.set(`servicePrincipals/${SP}`, { id: SP, accountEnabled: true });
  const cluster = await clusterServer();
  cluster.put('/api/v1/namespaces/pay/serviceaccounts/app', { metadata: { name: 'app' } });
  cluster.put(BINDING, {
    metadata: { name: 'b' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
    subjects: [{ kind: 'ServiceAccount', name: 'app' }],
  });
  const rows = [
    {
      identities: FORMER,
      grants: [
        googleGrant().row,
        {
          uid: 'k8s:prod:rolebinding:pay/b#serviceaccount:pay/app',
          system: 'kubernetes' as const,
          scopeUid: 'k8s:prod:namespace:pay',
          principalUid: POD,
          principalKind: 'identity' as const,
          roleUid: 'k8s:prod:role:pay/r',
          kind: 'role-binding',
          raw: { binding: 'b', namespace: 'pay', roleRef: null, subject: null },
        },
      ],
    },
    step(POD, SUBJECT, 'service-account-token'),
    step(SUBJECT, ACCOUNT_UID, 'workload-identity'),
    step(SUBJECT, SP_UID, 'federated-credential'),
  ];
  const contexts: Readonly<Partial<Record<System, ActingContext>>> = {
    gcp: google.context,
    azure: azure.context,
    kubernetes: cluster.context,
  };
  const contextOf = (system: System): ActingContext => {
    const context = contexts[system];
    if (context === undefined) throw new Error(`no server of ${system}`);
    return context;
  };
  const twins = await twinsOf(await openEstate(...rows), POD);
  const plan = await workloadPlan({
    rows,
    identities: [{ uid: POD, system: 'kubernetes', why: 'it was asked for' }, ...twins],
    actions: [...gcpActionsWith(googleToken), ...azureActionsWith(azureToken), ...kubernetesActions],
    evaluators: [],
    contextOf,
  });
  return { plan, contextOf, cluster };
}

describe('a workload with an identity in three systems', () => {
  it('is revoked in all of them by one plan, and proved', async () => {
    const { plan } = await workload();
    expect(plan.plan.identities.map(({ system }) => system).toSorted()).toEqual([
      'azure',
      'gcp',
      'kubernetes',
    ]);
    const results = await plan.apply();
    expect(results.every(({ result }) => result === 'done')).toBe(true);
    expect(new Set(results.map(({ step: { system } }) => system))).toEqual(
      new Set(['azure', 'gcp', 'kubernetes']),
    );
    const after = await openEstate({ identities: FORMER });
    const { verdict, identities } = await plan.verify({ after });
    expect({ verdict, each: identities.map((identity) => identity.verdict) }).toEqual({
      verdict: 'proved',
      each: ['proved', 'proved', 'proved'],
    });
  });

  it('is partially proved while one of them cannot be reached, and while one has again what was taken away', async () => {
    const { plan, contextOf, cluster } = await workload();
    await plan.apply();
    const after = await openEstate({ identities: FORMER });
    const withoutAzure = await plan.verify({
      after,
      contextOf: (system) => (system === 'azure' ? null : contextOf(system)),
    });
    expect(withoutAzure.verdict).toBe('partially-proved');
    expect(withoutAzure.notChecked).toContain(`${SP_UID}: state: its system is not connected`);
    cluster.put(BINDING, {
      metadata: { name: 'b' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 'app' }],
    });
    const again = await plan.verify({ after });
    expect(again.verdict).toBe('partially-proved');
    expect(again.identities[0]).toMatchObject({ identityUid: POD, verdict: 'not-proved' });
  });
});
