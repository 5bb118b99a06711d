import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { collectors } from '#collectors/index.ts';
import { driftFromCode, type ApprovedCode } from '#iac/approved.ts';
import { arn, awsRole, awsUser, attached, policy } from '../estates/aws.ts';
import { assignment, servicePrincipal, TENANT_UID } from '../estates/azure.ts';
import { notRead, openEstate } from '../estates/estate.ts';
import { googleAccount, gsaUid } from '../estates/gcp.ts';
import { clusterBinding, clusterRole, namespace, serviceAccount } from '../estates/kubernetes.ts';
import { tempDir } from '../temp-dir.ts';

/** What of a small world is not as code in one file has it. The world's access is derived anew, as of another version. */
async function driftOf(rows: readonly PartialRows[], kind: ApprovedCode['kind'], text: string) {
  const folder = await tempDir();
  const name = kind === 'terraform-state' ? 'state.json' : 'approved.yaml';
  await writeFile(join(folder, name), text);
  const { changes, unmanaged, unknowns } = await driftFromCode({
    base: await openEstate(...rows),
    code: [{ kind, path: join(folder, name), name, cluster: null }],
    collectors,
    folder: await tempDir(),
    toolVersion: 'another',
    signal: new AbortController().signal,
  });
  return {
    changes: changes.map(({ direction, identityUid, key }) => `${direction} ${identityUid} ${key}`),
    told: unknowns.map(({ what }) => what),
    unmanaged: unmanaged.map(({ kind: what, identityUid, gives }) => [what, identityUid, ...gives].join(' ')),
  };
}

function state(
  ...resources: readonly { type: string; values: object; index?: string; deposed?: string }[]
): string {
  return JSON.stringify({
    version: 4,
    lineage: 'l',
    resources: resources.map(({ type, values, index, deposed }, at) => ({
      mode: 'managed',
      type,
      name: `r${at}`,
      instances: [{ attributes: values, index_key: index, deposed }],
    })),
  });
}

describe('what is not as code has it', () => {
  const user = (name: string) => ({ type: 'aws_iam_user', values: { arn: arn(`user/${name}`), name } });

  it('is unknown, not lost, where the scan did not read', async () => {
    const rows = [awsUser('app'), notRead('identities', 'aws:111111111111')];
    expect((await driftOf(rows, 'terraform-state', state(user('app'), user('bot')))).changes).toEqual([
      `unknown ${arn('user/bot')} ${arn('user/bot')}`,
    ]);
    expect(
      (await driftOf([awsUser('app')], 'terraform-state', state(user('app'), user('bot')))).changes,
    ).toEqual([`lost ${arn('user/bot')} ${arn('user/bot')}`]);
  });

  it('is not what is kept only until it is destroyed, and is every instance of what is repeated', async () => {
    const rows = [awsUser('app')];
    const both = state({ ...user('app'), index: 'eu' }, { ...user('old'), deposed: '00000001' });
    expect((await driftOf(rows, 'terraform-state', both)).changes).toEqual([]);
  });

  it('is not said of Kubernetes where the snapshot has no cluster: that is told, and the rest compared', async () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: app, namespace: pay }\n';
    const told = ['the snapshot has no Kubernetes cluster: its objects were compared with nothing'];
    expect(await driftOf([awsUser('app')], 'kubernetes-manifests', account)).toMatchObject({
      changes: [],
      told,
    });
    const values = { metadata: [{ name: 'app', namespace: 'pay' }] };
    const both = state(user('app'), user('bot'), { type: 'kubernetes_service_account', values });
    expect(await driftOf([awsUser('app')], 'terraform-state', both)).toMatchObject({
      changes: [`lost ${arn('user/bot')} ${arn('user/bot')}`],
      told,
    });
  });

  it('is apart what no code describes, and only in the accounts where it describes something', async () => {
    const rows = [
      awsUser('app'),
      awsRole('other', { scopeUid: 'aws:222222222222', uid: 'arn:aws:iam::222222222222:role/other' }),
      awsRole('service', { managedBy: 'provider' }),
      policy('all', {
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      }),
      attached('user/app', 'all'),
    ];
    const { unmanaged } = await driftOf(rows, 'terraform-state', state(user('app')));
    expect(unmanaged.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
      `grant ${arn('user/app')} admin`,
    ]);
  });

  it('is told in Google Cloud by what bindings say, since they have no names', async () => {
    const grant = (role: string) => ({
      uid: `g-${role}`,
      system: 'gcp' as const,
      scopeUid: 'gcp:projects/shop',
      principalUid: gsaUid('app'),
      roleUid: `gcp:roles/${role}`,
      kind: 'iam-binding',
    });
    const rows = [
      googleAccount('app', { scopeUid: 'gcp:projects/shop' }),
      { grants: [grant('viewer'), grant('editor')] },
    ];
    const member = `serviceAccount:${gsaUid('app').replace('gcp:serviceAccount:', '')}`;
    const values = { project: 'shop', role: 'roles/viewer', member, condition: [] };
    const { unmanaged } = await driftOf(
      rows,
      'terraform-state',
      state({ type: 'google_project_iam_member', values }),
    );
    expect(unmanaged.filter((text) => text.startsWith('grant'))).toHaveLength(1);
  });

  it('is told in Azure for assignments all over the tenant', async () => {
    const app = `${TENANT_UID}:serviceprincipal:a1`;
    const rows = [
      servicePrincipal(app),
      assignment(app, '/providers/microsoft.authorization/roledefinitions/r1'),
    ];
    const values = {
      id: '/subscriptions/two/providers/Microsoft.Authorization/roleAssignments/1',
      scope: '/subscriptions/two',
      principal_id: 'a1',
      principal_type: 'ServicePrincipal',
      role_definition_id: '/subscriptions/two/providers/Microsoft.Authorization/roleDefinitions/r1',
    };
    const { unmanaged, changes } = await driftOf(
      rows,
      'terraform-state',
      state({ type: 'azurerm_role_assignment', values }),
    );
    expect(unmanaged).toEqual([`grant ${app}`, `identity ${app}`]);
    expect(changes).toEqual([]);
  });

  it('is not what Kubernetes binds by itself, unless it only has a name like that', async () => {
    const all = { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] };
    const group = (name: string) => ({
      principalUid: `k8s:demo:group:system:${name}`,
      principalKind: 'group' as const,
    });
    const own = { managedBy: 'provider' as const };
    const rows = [
      { scopes: [{ uid: 'k8s:demo', system: 'kubernetes' as const, kind: 'cluster', name: 'demo' }] },
      namespace('pay'),
      serviceAccount('pay/app'),
      clusterRole('cluster-admin', { ...own, document: all }),
      clusterRole('system:discovery', {
        ...own,
        document: { rules: [{ nonResourceURLs: ['/version'], verbs: ['get'] }] },
      }),
      clusterRole('system:sneaky', { ...own, document: all }),
      clusterBinding('cluster-admin', 'cluster-admin', 'x', group('masters')),
      clusterBinding('system:discovery', 'system:discovery', 'x', group('authenticated')),
      clusterBinding('system:sneaky', 'system:sneaky', 'x', group('serviceaccounts')),
      {
        memberships: [
          {
            groupUid: 'k8s:demo:group:system:serviceaccounts',
            memberUid: 'k8s:demo:serviceaccount:pay/app',
            memberKind: 'identity' as const,
          },
        ],
      },
    ];
    const account = `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: app, namespace: pay }\n`;
    const { unmanaged } = await driftOf(rows, 'kubernetes-manifests', account);
    expect(unmanaged.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
      'grant k8s:demo:group:system:serviceaccounts admin',
    ]);
  });
});
