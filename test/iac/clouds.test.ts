import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeRows, EXAMPLE_TABLES, type PartialRows } from '#audit/example-rows.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { runCli, type Ran } from '#test/cli/run-cli.ts';
import { NOW } from '#test/estates/estate.ts';
import { planJson, type PlanPart } from './plan.ts';

const PROJECT = 'gcp:projects/shop';
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const OWNER = '/providers/microsoft.authorization/roledefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const READER = '/providers/microsoft.authorization/roledefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';
const TENANT = 'entra:00000000-0000-0000-0000-00000000000a';
const APP_ID = '00000000-0000-0000-0000-0000000000aa';

const WORLD: PartialRows = {
  scopes: [
    { uid: 'gcp:organizations/1', system: 'gcp', kind: 'organization', name: 'acme' },
    { uid: PROJECT, system: 'gcp', kind: 'project', name: 'shop', parentUid: 'gcp:organizations/1' },
    { uid: TENANT, system: 'azure', kind: 'tenant', name: 'acme' },
    { uid: SUBSCRIPTION, system: 'azure', kind: 'subscription', name: 'shop', parentUid: '/' },
  ],
  identities: [
    {
      uid: 'gcp:serviceAccount:app@shop.iam.gserviceaccount.com',
      system: 'gcp',
      scopeUid: PROJECT,
      kind: 'service-account',
    },
    {
      uid: `${TENANT}:serviceprincipal:${APP_ID}`,
      system: 'azure',
      scopeUid: TENANT,
      kind: 'service-principal',
    },
  ],
  roles: [
    {
      uid: 'gcp:roles/secretmanager.secretAccessor',
      system: 'gcp',
      scopeUid: 'gcp:organizations/1',
      kind: 'predefined-role',
      document: { includedPermissions: ['secretmanager.versions.access'] },
    },
    {
      uid: 'gcp:roles/viewer',
      system: 'gcp',
      scopeUid: 'gcp:organizations/1',
      kind: 'predefined-role',
      document: { includedPermissions: ['compute.instances.list'] },
    },
    {
      uid: OWNER,
      system: 'azure',
      scopeUid: '/',
      kind: 'role-definition',
      name: 'Owner',
      document: { permissions: [{ actions: ['*'], notActions: [] }] },
    },
    {
      uid: READER,
      system: 'azure',
      scopeUid: '/',
      kind: 'role-definition',
      name: 'Reader',
      document: { permissions: [{ actions: ['*/read'], notActions: [] }] },
    },
  ],
};

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhi-clouds-'));
  const staging = await createSnapshot(join(folder, '.nhi'), {
    asOf: NOW,
    startedAt: NOW,
    toolVersion: '0.0.0-test',
  });
  const rows = completeRows(WORLD);
  for (const table of EXAMPLE_TABLES) await staging.write(table, rows[table]);
  await staging.publish(NOW);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function gate(
  ...parts: readonly PlanPart[]
): Promise<{ readonly code: Ran['code']; readonly text: string }> {
  await writeFile(join(folder, 'tfplan.json'), planJson(parts));
  const { code, stdout, stderr } = await runCli(folder, ['gate', '--plan', 'tfplan.json']);
  return { code, text: `${stdout}${stderr}`.replaceAll(/\s+/gu, ' ') };
}

describe('nhi gate --plan on Google Cloud', () => {
  const member = (role: string, who: string): PlanPart => ({
    type: 'google_project_iam_member',
    name: 'app',
    after: { project: 'shop', role, member: who, condition: [] },
    unknown: { id: true, etag: true },
  });

  it('fails where a service account gains secrets, over the project that the binding is on', async () => {
    const { code, text } = await gate(
      member('roles/secretmanager.secretAccessor', 'serviceAccount:app@shop.iam.gserviceaccount.com'),
    );
    expect(code).toBe(1);
    expect(text).toContain(
      `gcp:serviceAccount:app@shop.iam.gserviceaccount.com: secret-read on ${PROJECT}, by google_project_iam_member.app`,
    );
  });

  it('passes a role that only looks', async () => {
    expect((await gate(member('roles/viewer', 'serviceAccount:app@shop.iam.gserviceaccount.com'))).code).toBe(
      0,
    );
  });

  it('finds the member in a reference to a new service account', async () => {
    const { code, text } = await gate(
      {
        type: 'google_service_account',
        name: 'ci',
        after: { account_id: 'ci', project: 'shop' },
        unknown: { email: true, id: true, member: true, name: true, unique_id: true },
      },
      {
        type: 'google_project_iam_binding',
        name: 'ci',
        after: { project: 'shop', role: 'roles/secretmanager.secretAccessor', condition: [] },
        unknown: { id: true, members: true },
        references: { members: ['google_service_account.ci.email', 'google_service_account.ci'] },
      },
    );
    expect(code).toBe(1);
    expect(text).toContain('gcp:serviceAccount:ci@shop.iam.gserviceaccount.com: secret-read on');
  });

  it('fails what is given to everyone', async () => {
    const { code, text } = await gate(member('roles/viewer', 'allUsers'));
    expect(code).toBe(1);
    expect(text).toContain('1 grant to everyone or to somebody outside');
  });

  it('knows an owner where no list of roles was collected', async () => {
    const { code, text } = await gate(
      member('roles/owner', 'serviceAccount:app@shop.iam.gserviceaccount.com'),
    );
    expect(code).toBe(1);
    expect(text).toContain('gcp:serviceAccount:app@shop.iam.gserviceaccount.com: is an administrator');
  });

  it('says that a role which the snapshot does not hold gives nobody knows what', async () => {
    const { text } = await gate(member('roles/editor', 'serviceAccount:app@shop.iam.gserviceaccount.com'));
    expect(text).toContain('the snapshot does not hold roles/editor: what it gives is not known');
  });

  it('refuses an allow policy that is no JSON', async () => {
    const { code, text } = await gate({
      type: 'google_project_iam_policy',
      name: 'all',
      after: { project: 'shop', policy_data: '{' },
    });
    expect(code).toBe(2);
    expect(text).toContain('tfplan.json: google_project_iam_policy.all: policy_data: not JSON');
  });
});

describe('nhi gate --plan on Azure', () => {
  const assignment = (role: object, principal: string | null, references = {}): PlanPart => ({
    type: 'azurerm_role_assignment',
    name: 'app',
    after: { scope: SUBSCRIPTION, ...role, ...(principal === null ? {} : { principal_id: principal }) },
    unknown: {
      id: true,
      name: true,
      principal_type: true,
      ...(principal === null ? { principal_id: true } : {}),
    },
    references,
  });

  it('fails where a service principal becomes Owner of a subscription', async () => {
    const { code, text } = await gate(assignment({ role_definition_name: 'Owner' }, APP_ID));
    expect(code).toBe(1);
    expect(text).toMatch(
      new RegExp(`${TENANT}:serviceprincipal:${APP_ID}: \\S.*by azurerm_role_assignment\\.app`, 'u'),
    );
  });

  it('passes Reader', async () => {
    expect((await gate(assignment({ role_definition_name: 'Reader' }, APP_ID))).code).toBe(0);
  });

  it('gives a new managed identity what is assigned to it, and a new role what it holds', async () => {
    const { code, text } = await gate(
      {
        type: 'azurerm_user_assigned_identity',
        name: 'ci',
        after: { name: 'ci', resource_group_name: 'ci', location: 'westeurope' },
        unknown: { id: true, principal_id: true, client_id: true, tenant_id: true },
      },
      {
        type: 'azurerm_role_definition',
        name: 'assigner',
        after: {
          name: 'assigner',
          scope: SUBSCRIPTION,
          permissions: [
            {
              actions: ['Microsoft.Authorization/roleAssignments/write'],
              not_actions: [],
              data_actions: [],
              not_data_actions: [],
            },
          ],
        },
        unknown: { id: true, role_definition_id: true, role_definition_resource_id: true },
      },
      {
        ...assignment({}, null, {
          principal_id: [
            'azurerm_user_assigned_identity.ci.principal_id',
            'azurerm_user_assigned_identity.ci',
          ],
          role_definition_id: [
            'azurerm_role_definition.assigner.role_definition_resource_id',
            'azurerm_role_definition.assigner',
          ],
        }),
        unknown: { id: true, principal_id: true, role_definition_id: true },
      },
    );
    expect(code).toBe(1);
    expect(text).toContain('azurerm_user_assigned_identity.ci: identity-admin on');
  });

  it('says that a role by a name nobody knows gives nobody knows what', async () => {
    const { text } = await gate(assignment({ role_definition_name: 'Special' }, APP_ID));
    expect(text).toContain('azurerm_role_assignment.app: what the role Special gives is not in the snapshot');
  });
});
