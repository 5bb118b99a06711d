import { observe, type Observation } from '#model/record.ts';
import { principalUid } from '../estate.ts';
import { flattened, listOf, objectOf, textOf, type Fields } from '../files/fields.ts';
import { scopeUid } from './grants.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * The data actions that stand for the words of access policies. The words are those of
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/create-or-update#permissions, the actions those of
 * https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault.
 */
const OWN_NAMES: Readonly<Record<string, string>> = {
  'secrets get': 'secrets/getSecret/action',
  'secrets set': 'secrets/setSecret/action',
  'secrets list': 'secrets/readMetadata/action',
  'secrets delete': 'secrets/delete',
  'keys get': 'keys/read',
  'keys list': 'keys/read',
  'keys delete': 'keys/delete',
  'keys unwrapkey': 'keys/unwrap/action',
  'keys wrapkey': 'keys/wrap/action',
  'certificates get': 'certificates/read',
  'certificates list': 'certificates/read',
  'certificates delete': 'certificates/delete',
};

/**
 * The grants of a key vault's access policies, each with the role that it amounts to. A vault that decides by role
 * assignments does not look at them
 * (https://learn.microsoft.com/azure/key-vault/general/rbac-migration).
 */
export function* accessPolicies(raw: Fields, known: Knowledge): Generator<Observation> {
  const fields = flattened(raw);
  const id = textOf(fields, 'id')?.toLowerCase();
  if (id === undefined || fields['enableRbacAuthorization'] === true) return;
  for (const policy of listOf(fields, 'accessPolicies')) {
    const principal = textOf(policy, 'objectId');
    const tenant = textOf(policy, 'tenantId')?.toLowerCase();
    if (principal === null || (tenant !== undefined && tenant !== known.tenant)) continue;
    // With an application beside it, it holds for that application on behalf of the principal alone.
    const application = textOf(policy, 'applicationId');
    const uid =
      `${id}/accesspolicies/${principal}${application === null ? '' : `/${application}`}`.toLowerCase();
    const holder = principalUid(known.tenant, known.kinds, principal, null);
    const home = { system: 'azure', scopeUid: scopeUid(id) } as const;
    yield observe('roles', {
      ...home,
      uid: `${uid}#role`,
      kind: 'vault-access-policy',
      name: `access policy of ${textOf(fields, 'name') ?? id}`,
      managedBy: 'customer',
      createdAt: null,
      document: {
        permissions: [{ actions: [], notActions: [], dataActions: dataActions(policy), notDataActions: [] }],
      },
      breadth: 'limited',
      raw: policy,
    });
    yield observe('grants', {
      ...home,
      uid,
      principalUid: holder,
      principalKind: holder.includes(':group:') ? 'group' : 'identity',
      roleUid: `${uid}#role`,
      kind: 'vault-access-policy',
      state: 'active',
      condition: application === null ? null : { applicationId: application },
      resourceUid: null,
      createdAt: null,
      raw: policy,
    });
  }
}

function dataActions(policy: Fields): string[] {
  const permissions = objectOf(policy['permissions']) ?? {};
  const found = ['keys', 'secrets', 'certificates'].flatMap((kind) => {
    const words: unknown = permissions[kind];
    if (!Array.isArray(words)) return [];
    return words
      .filter((word) => typeof word === 'string')
      .map((word) => word.toLowerCase())
      .map((word) =>
        word === 'all' || word === '*'
          ? `${kind}/*`
          : (OWN_NAMES[`${kind} ${word}`] ?? `${kind}/${word}/action`),
      )
      .map((action) => `Microsoft.KeyVault/vaults/${action}`);
  });
  return [...new Set(found)].toSorted();
}
