import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureAccess } from '#access/azure/index.ts';
import { AZURE_CAPABILITY_ROWS } from '#catalogue/azure/capabilities.ts';
import { DIRECTORY_ROLES, GRAPH_PERMISSIONS } from '#catalogue/azure/directory.ts';
import { CAPABILITIES } from '#model/entitlement.ts';
import type { Json } from '#model/system.ts';
import { azureRecords } from './estate.ts';

const ROLES_FILE = join(process.cwd(), '../shared/data/azure/built-in-role-definitions.json');
const OWNER = { actions: ['*'] };
const CONTRIBUTOR = {
  actions: ['*'],
  notActions: [
    'Microsoft.Authorization/*/Write',
    'Microsoft.Authorization/*/Delete',
    'Microsoft.Authorization/elevateAccess/Action',
  ],
};
const SUBSCRIPTION = '/subscriptions/s';

function entitled(given: Record<string, Json>): string[] {
  const records = azureRecords({ identities: { sp: 'service-principal' }, ...given });
  return [...azureAccess(records).entitlements()].map(
    ({ capability, scopeUid, certainty }) => `${capability} ${scopeUid} ${certainty}`,
  );
}

function withRole(permissions: Json, assignment: Record<string, Json> = {}): string[] {
  return entitled({ roles: { r: permissions }, assign: [{ role: 'r', ...assignment }] });
}

describe('entitlements in Azure', () => {
  it('make an owner an administrator of the scope, and a contributor none', () => {
    expect(withRole(OWNER)).toContain(`admin ${SUBSCRIPTION} certain`);
    const contributor = withRole(CONTRIBUTOR);
    expect(contributor.some((each) => each.startsWith('admin') || each.startsWith('identity-admin'))).toBe(
      false,
    );
    expect(contributor).toContain(`compute-run ${SUBSCRIPTION} certain`);
  });

  it('make whoever assigns roles an administrator of identities only', () => {
    expect(withRole({ actions: ['Microsoft.Authorization/roleAssignments/write'] })).toEqual([
      `identity-admin ${SUBSCRIPTION} certain`,
    ]);
  });

  it('keep the planes apart', () => {
    expect(withRole({ dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] })).toEqual([
      `secret-read ${SUBSCRIPTION} certain`,
    ]);
    expect(withRole(OWNER).filter((each) => each.startsWith('data-read'))).toEqual([]);
  });

  it('are conditional under a condition on the action, and certain for other actions', () => {
    const limited =
      "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR @Request[a:b] StringEquals 'c'";
    const found = withRole(OWNER, { if: limited });
    expect(found).toContain(`admin ${SUBSCRIPTION} conditional`);
    expect(found).toContain(`compute-run ${SUBSCRIPTION} certain`);
  });

  it('are conditional where the role is only eligible', () => {
    expect(withRole(OWNER, { eligible: true })).toContain(`admin ${SUBSCRIPTION} conditional`);
    expect(withRole(OWNER, { eligible: true }).every((each) => each.endsWith('conditional'))).toBe(true);
  });

  it('come through groups in groups', () => {
    const groups = { all: ['ops'], ops: ['sp'] };
    expect(entitled({ groups, roles: { r: OWNER }, assign: [{ role: 'r', to: 'all' }] })).toContain(
      `admin ${SUBSCRIPTION} certain`,
    );
  });

  it('are taken by deny assignments', () => {
    const deny = [
      {
        at: SUBSCRIPTION,
        document: { permissions: [{ actions: ['Microsoft.Authorization/*'] }], principals: [{ id: 'sp' }] },
      },
    ];
    const found = entitled({ deny, roles: { r: OWNER }, assign: [{ role: 'r' }] });
    expect(found.some((each) => each.startsWith('admin'))).toBe(false);
    expect(found).toContain(`compute-run ${SUBSCRIPTION} certain`);
  });

  it('come from directory roles and application permissions', () => {
    const kind = 'directory-role-assignment';
    const global = '62e90394-69f5-4237-9190-012177145e10';
    expect(entitled({ directoryRoles: { [global]: ['*'] }, assign: [{ role: global, kind }] })).toContain(
      'admin entra:t certain',
    );
    expect(
      entitled({ directoryRoles: { [global]: ['*'] }, assign: [{ role: global, kind, over: '/au' }] }),
    ).toContain('admin entra:t conditional');
    expect(
      entitled({ assign: [{ role: 'Application.ReadWrite.All', kind: 'app-role-assignment' }] }),
    ).toEqual(['credential-create entra:t certain']);
  });
});

describe('the capability tables of Azure', () => {
  it('use the model’s words and say why', () => {
    const known = new Set<string>(CAPABILITIES);
    for (const { capabilities, why } of [...DIRECTORY_ROLES, ...GRAPH_PERMISSIONS]) {
      expect(capabilities.filter((each) => !known.has(each))).toEqual([]);
      expect(why.length).toBeGreaterThan(5);
    }
    for (const { why } of AZURE_CAPABILITY_ROWS) expect(why.length).toBeGreaterThan(5);
  });

  it.skipIf(!existsSync(ROLES_FILE))(
    'name providers that built-in roles know (needs ../shared/data/azure)',
    () => {
      const text = readFileSync(ROLES_FILE, 'utf8').toLowerCase();
      const actions = AZURE_CAPABILITY_ROWS.flatMap((row) => row.actions);
      const unknown = actions.filter((action) => !text.includes(action.toLowerCase().split('/')[0] ?? '?'));
      expect(unknown).toEqual([]);
    },
  );
});
