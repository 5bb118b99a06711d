import { entraUid } from '#model/uid.ts';
import { secretId } from './azure/directory.ts';
import { applicationId, principalId, TENANT } from './azure/tenant.ts';
import { type PersonId, userId } from './people.ts';
import { eks, FILES, type PlantedCase, type PlantedRule } from './planted-spec.ts';

const OWNER_ROLE = '/providers/microsoft.authorization/roledefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** What is wrong in the Entra tenant and its subscriptions. */
export const PLANTED_AZURE: readonly PlantedRule[] = [
  {
    rule: 'credential-expiring-soon-in-use',
    severity: 'medium',
    cases: [secret('loyalty-portal', 'portal', 'ends in 12 days and was used today')],
  },
  {
    rule: 'credential-expires-too-late',
    severity: 'medium',
    cases: [secret('payroll-bridge', 'bridge', 'made for ten years')],
  },
  {
    rule: 'expired-credential-present',
    severity: 'low',
    cases: [secret('till-telemetry', 'tills 2025', 'ended 65 days ago and was never cleared away')],
  },
  {
    rule: 'unused-identity',
    severity: 'medium',
    cases: [principal('photo-archive', 'last signed in 212 days ago', FILES.azureActivity)],
  },
  {
    rule: 'owner-gone',
    severity: 'medium',
    cases: [
      application('photo-archive', 'its only owner has left Acme'),
      principal('photo-archive', 'likewise'),
    ],
  },
  {
    rule: 'application-owner-is-unprivileged-person',
    severity: 'high',
    cases: [
      owned(
        application('directory-sync', 'makes anybody an administrator, and a person who is none owns it'),
      ),
      owned(principal('directory-sync', 'likewise')),
    ],
  },
  {
    rule: 'can-escalate-to-administrator',
    severity: 'high',
    cases: [
      principal(
        'directory-sync',
        'RoleManagement.ReadWrite.Directory assigns any directory role',
        FILES.azureRoles,
      ),
      application('directory-sync', 'whoever has its secret is its service principal'),
      application('infrastructure-azure', 'whoever has its credential owns the sandbox'),
    ],
  },
  {
    rule: 'administrator-equivalent',
    severity: 'high',
    cases: [
      {
        ...principal('infrastructure-azure', 'Owner of the sandbox: a pipeline', FILES.azureSandbox),
        raisedBy: 'administrator',
      },
    ],
  },
  {
    rule: 'broad-built-in-role',
    severity: 'high',
    cases: [
      {
        ...principal('infrastructure-azure', 'a pipeline', FILES.azureSandbox),
        subject: OWNER_ROLE,
        raisedBy: 'administrator',
      },
    ],
  },
  {
    rule: 'identity-admin-rights',
    severity: 'medium',
    cases: [principal('directory-sync', 'RoleManagement.ReadWrite.Directory', FILES.azureRoles)],
  },
  {
    rule: 'reads-secrets',
    severity: 'medium',
    cases: [
      {
        ...principal('id-till-config', 'every secret of the vault kv-acme-stores', FILES.azureStores),
        raisedBy: 'production',
      },
      principal('stores-deploy', 'Website Contributor reads the settings of every site', FILES.azureStores),
    ],
  },
  {
    rule: 'trusted-service-account-does-not-claim',
    severity: 'low',
    cases: [
      {
        ...principal('id-price-feed', 'lets shop/wishlist in, which does not ask for it', FILES.azureTrusts),
        subject: eks('shop', 'wishlist'),
        raisedBy: 'production',
      },
    ],
  },
];

function application(name: string, why: string): PlantedCase {
  const identity = entraUid(TENANT, 'application', applicationId(name));
  return { identity, subject: null, why: `${name}: ${why}`, file: FILES.azureApplications };
}

/** A service principal or managed identity, which the directory keeps as one. */
function principal(name: string, why: string, file: string = FILES.azurePrincipals): PlantedCase {
  const identity = entraUid(TENANT, 'serviceprincipal', principalId(name));
  return { identity, subject: null, why: `${name}: ${why}`, file };
}

function secret(name: string, called: string, why: string): PlantedCase {
  const planted = application(name, `the secret "${called}" ${why}`);
  return { ...planted, subject: `${planted.identity}/client-secret/${secretId(name, called)}` };
}

function owned(planted: PlantedCase, by: PersonId = 'ines.moreau'): PlantedCase {
  const owner = entraUid(TENANT, 'user', userId(by));
  return { ...planted, subject: `${owner}->${planted.identity}:application-owner` };
}
