import { describe, expect, it } from 'vitest';
import { azureAccess } from '#access/azure/index.ts';
import { becomingGraph, pathsTo } from '#access/reach/index.ts';
import type { Json } from '#model/system.ts';
import { adminUid } from '#model/uid.ts';
import { azureRecords, uidOf } from './estate.ts';

const GROUP = '/subscriptions/s/resourcegroups/web';
const IDENTITY = `${GROUP}/providers/microsoft.managedidentity/userassignedidentities/boss`;
const MACHINE = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm1`;
const BASE = {
  identities: { sp: 'service-principal', boss: 'managed-identity', app: 'application' },
  resources: { boss: IDENTITY },
};

/** The shortest path from `sp`, as techniques with their certainty; null: none. */
function path(given: Record<string, Json>, target: string): string | null {
  const records = azureRecords({ ...BASE, ...given });
  const found = pathsTo(becomingGraph(azureAccess(records).edges()), [target]).pathOf(uidOf('sp'));
  return found === null ? null : `${found.hops.map(({ via }) => via).join(' > ')} (${found.certainty})`;
}

function holds(
  actions: string[],
  at = '/subscriptions/s',
  extra: Record<string, Json> = {},
): Record<string, Json> {
  return { roles: { r: { actions } }, assign: [{ role: 'r', at, ...extra }] };
}

const boss = uidOf('boss');

describe('becoming a managed identity', () => {
  it('takes attaching it and something to attach it to', () => {
    const assign = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';
    expect(path(holds([assign, 'Microsoft.Compute/virtualMachines/write']), boss)).toBe(
      'azure-attach-identity (certain)',
    );
    expect(path(holds([assign]), boss)).toBeNull();
    expect(path(holds(['Microsoft.Compute/virtualMachines/write']), boss)).toBeNull();
  });

  it('takes federating it, at its resource, its group or above', () => {
    const federate = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write';
    for (const at of [
      IDENTITY,
      GROUP,
      '/subscriptions/s',
      '/providers/microsoft.management/managementgroups/root',
    ]) {
      expect(path(holds([federate], at), boss)).toBe('azure-federate-identity (certain)');
    }
    expect(path(holds([federate], '/subscriptions/s/resourcegroups/db'), boss)).toBeNull();
  });

  it('takes running commands on a machine that bears it', () => {
    const run = 'Microsoft.Compute/virtualMachines/runCommand/action';
    expect(path({ ...holds([run]), workloads: { [MACHINE]: 'boss' } }, boss)).toBe(
      'azure-run-command (certain)',
    );
    expect(
      path({ ...holds(['Microsoft.Logic/workflows/write']), workloads: { [MACHINE]: 'boss' } }, boss),
    ).toBeNull();
    expect(path(holds([run]), boss)).toBeNull();
    const asSeveral = { [`${MACHINE}#${boss}`]: 'boss' };
    expect(path({ ...holds([run], MACHINE), workloads: asSeveral }, boss)).toBe(
      'azure-run-command (certain)',
    );
  });

  it('is conditional where the role is only eligible', () => {
    const federate = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write';
    expect(path(holds([federate], GROUP, { eligible: true }), boss)).toBe(
      'azure-federate-identity (conditional)',
    );
  });

  it('comes through groups', () => {
    const given = {
      ...holds(
        ['Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'],
        GROUP,
        { to: 'ops' },
      ),
      groups: { ops: ['sp'] },
    };
    expect(path(given, boss)).toBe('member > azure-federate-identity (certain)');
  });
});

describe('becoming an administrator in Azure', () => {
  it('takes assigning roles at the scope or above it', () => {
    const write = 'Microsoft.Authorization/roleAssignments/write';
    expect(path(holds([write]), adminUid('/subscriptions/s'))).toBe('azure-assign-role (certain)');
    expect(
      path(
        holds([write], '/providers/microsoft.management/managementgroups/root'),
        adminUid('/subscriptions/s'),
      ),
    ).toContain('azure-assign-role');
    expect(path(holds([write], GROUP), adminUid('/subscriptions/s'))).toBeNull();
  });

  it('is conditional where a condition limits the roles', () => {
    const limit =
      "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR @Request[a:b] StringEquals 'c'";
    const given = holds(['Microsoft.Authorization/roleAssignments/write'], '/subscriptions/s', { if: limit });
    expect(path(given, adminUid('/subscriptions/s'))).toBe('azure-assign-role (conditional)');
  });

  it('takes a permission of Microsoft Graph or a directory role that leads there', () => {
    const grant = (role: string, kind: string): Record<string, Json> => ({ assign: [{ role, kind }] });
    expect(
      path(grant('RoleManagement.ReadWrite.Directory', 'app-role-assignment'), adminUid('entra:t')),
    ).toBe('entra-application-permission (certain)');
    expect(
      path(grant('e8611ab8-c189-46e8-94e1-60213ab1f814', 'directory-role-assignment'), adminUid('entra:t')),
    ).toBe('entra-directory-role (certain)');
    expect(path(grant('Mail.Read', 'app-role-assignment'), adminUid('entra:t'))).toBeNull();
  });

  it('takes adding a credential to an application that is one', () => {
    const given = {
      assign: [
        { role: 'Application.ReadWrite.All', kind: 'app-role-assignment' },
        { role: 'RoleManagement.ReadWrite.Directory', kind: 'app-role-assignment', to: 'boss' },
      ],
      identities: { sp: 'service-principal', boss: 'service-principal' },
    };
    expect(path(given, adminUid('entra:t'))).toBe(
      'entra-application-permission > entra-application-permission (certain)',
    );
  });

  it('takes owning an application whose service principal is one', () => {
    const given = {
      assign: [{ role: 'RoleManagement.ReadWrite.Directory', kind: 'app-role-assignment', to: 'boss' }],
      trusts: [
        ['sp', 'app', 'application-owner'],
        ['app', 'boss', 'application-of'],
      ],
    };
    expect(path(given, adminUid('entra:t'))).toBe(
      'entra-application-owner > entra-application-of > entra-application-permission (certain)',
    );
  });

  it('leads from the tenant to every subscription by elevated access', () => {
    const given = { assign: [{ role: 'RoleManagement.ReadWrite.Directory', kind: 'app-role-assignment' }] };
    expect(path(given, boss)).toContain('azure-elevate-access');
  });
});
