import { type Account, DEV, PROD } from './account.ts';
import { LAST_ACCESSED } from './last-accessed-roles.ts';
import { breakGlassRole, groups, identityCenterRoles, serviceLinkedRoles, users } from './people.ts';
import { PLANTED_DEV_POLICIES, PLANTED_DEV_ROLES, PLANTED_DEV_USERS } from './planted-dev.ts';
import { PLANTED_PROD_USERS } from './planted-prod-users.ts';
import { PLANTED_PROD_ROLES } from './planted-prod.ts';
import { allow } from './policy.ts';
import type { AccountSpec, PolicySpec, RoleSpec } from './spec.ts';
import { dataPolicies, dataRoles } from './teams/data.ts';
import { operationsPolicies, operationsRoles } from './teams/operations.ts';
import { paymentsRoles } from './teams/payments.ts';
import { platformPolicies } from './teams/platform-policies.ts';
import { platformRoles } from './teams/platform.ts';
import { webShopRoles } from './teams/web-shop.ts';
import { service } from './trust.ts';

/** Everything that is in an account: what works as it should, and what was planted. */
export function accountSpec(account: Account): AccountSpec {
  const production = account === PROD;
  return {
    roles: [
      ...platformRoles(account),
      ...webShopRoles(account),
      ...paymentsRoles(account),
      ...dataRoles(account),
      ...operationsRoles(account),
      breakGlassRole(account),
      ...(production ? [orgInventory()] : devOnly()),
      ...identityCenterRoles(account),
      ...serviceLinkedRoles(account),
      ...(production ? PLANTED_PROD_ROLES : PLANTED_DEV_ROLES),
    ],
    users: [...users(account), ...(production ? PLANTED_PROD_USERS : PLANTED_DEV_USERS)],
    groups: groups(account),
    policies: [
      ...platformPolicies(account),
      ...dataPolicies(account),
      ...operationsPolicies(),
      ...(production ? [policySync(account)] : PLANTED_DEV_POLICIES),
    ],
    lastAccessed: LAST_ACCESSED[account.short],
    root: production
      ? { age: 2600, password: 190, mfa: true }
      : {
          age: 2240,
          password: 420,
          mfa: false,
          key: { active: true, rotated: 2190, used: 1320, service: 's3' },
        },
  };
}

/** Open to everyone by its principal, closed to Acme's organization by its condition. */
function orgInventory(): RoleSpec {
  return {
    name: 'org-inventory-reader',
    team: 'security',
    age: 420,
    used: 1,
    trust: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-acme000001' },
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${DEV.id}:role/security-scanner` },
        },
      },
    ],
    inline: { inventory: [allow('config:SelectResourceConfig', '*')] },
  };
}

function devOnly(): readonly RoleSpec[] {
  return [
    {
      name: 'security-scanner',
      team: 'security',
      age: 760,
      used: 1,
      trust: service('ecs-tasks', DEV),
      inline: {
        'audit-production': [
          allow('sts:AssumeRole', [
            `arn:aws:iam::${PROD.id}:role/security-audit`,
            `arn:aws:iam::${PROD.id}:role/org-inventory-reader`,
          ]),
        ],
      },
    },
    {
      name: 'release-tagger',
      team: 'platform',
      age: 333,
      used: 1,
      trust: service('codebuild', DEV),
      inline: { promote: [allow('sts:AssumeRole', `arn:aws:iam::${PROD.id}:role/image-promoter`)] },
    },
    {
      name: 'github-runner',
      team: 'platform',
      age: 300,
      used: 0,
      trust: service('ec2'),
      managed: ['AmazonSSMManagedInstanceCore', 'AmazonEC2ContainerRegistryReadOnly'],
      instanceProfile: true,
    },
  ];
}

function policySync(account: Account): PolicySpec {
  return {
    name: 'PolicySync',
    age: 410,
    statements: [
      allow(
        ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'],
        `arn:aws:iam::${account.id}:policy/*`,
      ),
    ],
  };
}
