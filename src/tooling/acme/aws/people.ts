import { type Account, DEV, PROD, roleArn, userArn } from './account.ts';
import { SERVICE_LINKED } from './managed-policies.ts';
import { SERVICE } from './owner-tags.ts';
import { allow, grantsIn } from './policy.ts';
import type { GroupSpec, RoleSpec, UserSpec } from './spec.ts';
import { identityCenter, principal, service } from './trust.ts';
import { characters } from '../seed.ts';

const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

/** The roles that AWS keeps for its own services. */
export function serviceLinkedRoles(account: Account): readonly RoleSpec[] {
  return SERVICE_LINKED.map(([name, host, policy], place) => ({
    name: `AWSServiceRoleFor${name}`,
    path: `/aws-service-role/${host}.amazonaws.com/`,
    team: null,
    age: 900 - place,
    used: account === DEV && name === 'CloudTrail' ? null : place,
    trust: service(host),
    managed: [`aws-service-role/${policy}`],
  }));
}

/** The roles that IAM Identity Center makes for permission sets. */
export function identityCenterRoles(account: Account): readonly RoleSpec[] {
  const sets: readonly (readonly [string, readonly string[]])[] = [
    ['ReadOnly', ['ReadOnlyAccess']],
    ['SecurityAudit', ['SecurityAudit']],
    ['Billing', ['job-function/Billing']],
    ['Support', ['job-function/ViewOnlyAccess']],
  ];
  return sets.map(([name, managed]) => ({
    name: `AWSReservedSSO_${name}_${characters(`sso ${account.id} ${name}`, '0123456789abcdef', 16)}`,
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    team: null,
    age: 610,
    used: name === 'Billing' ? 19 : 0,
    trust: identityCenter(account),
    managed,
  }));
}

/** The groups of an account. */
export function groups(account: Account): readonly GroupSpec[] {
  const { s3Write, bucket } = grantsIn(account);
  const emergencyAccess: GroupSpec = {
    name: 'emergency-access',
    age: 880,
    managed: ['IAMUserChangePassword'],
    inline: { 'assume-break-glass': [assumeBreakGlass(account)] },
  };
  if (account !== PROD) return [emergencyAccess];
  const receipts = `${bucket('receipts')}/\${aws:username}/*`;
  return [
    emergencyAccess,
    { name: 'store-tills', age: 700, inline: { 'upload-receipts': [allow('s3:PutObject', receipts)] } },
    { name: 'integrations', age: 700, inline: { 'exchange-bucket': [s3Write('exchange')] } },
  ];
}

function assumeBreakGlass(account: Account) {
  return allow('sts:AssumeRole', roleArn(account, 'break-glass'), WITH_MFA);
}

/** The role for the day on which nothing else works: rehearsed each quarter. */
export function breakGlassRole(account: Account): RoleSpec {
  const first = userArn(account, 'emergency-access-1');
  const second = userArn(account, 'emergency-access-2');
  return {
    name: 'break-glass',
    team: 'security',
    age: 880,
    used: 41,
    trust: principal(account === PROD ? [first, second] : first, WITH_MFA),
    managed: ['AdministratorAccess'],
  };
}

/** The users that are as they should be. */
export function users(account: Account): readonly UserSpec[] {
  if (account !== PROD) return [emergency(1)];
  const { arn } = grantsIn(account);
  return [
    emergency(1),
    emergency(2),
    till('northgate', 34),
    till('harbour', 34),
    till('oldtown', 61),
    till('airport', 12),
    {
      name: 'svc-smtp-relay',
      path: '/service/',
      tags: SERVICE,
      team: 'web-shop',
      age: 540,
      inline: { relay: [allow('ses:SendRawEmail', arn('ses', 'identity/acme.example'))] },
      keys: [{ active: true, rotated: 55, used: 0, service: 'ses' }],
    },
    {
      name: 'svc-warehouse-scanner',
      path: '/service/',
      tags: SERVICE,
      team: 'operations',
      age: 420,
      groups: ['integrations'],
      // Hours short of 90 days: the limit is not reached.
      keys: [{ active: true, rotated: 89, used: 0, service: 's3' }],
    },
  ];
}

function emergency(place: number): UserSpec {
  return {
    name: `emergency-access-${place}`,
    team: 'security',
    age: 880,
    groups: ['emergency-access'],
    password: { changed: 41, used: 41, mfa: true },
  };
}

/** The account of a shop's tills. */
function till(shop: string, rotated: number): UserSpec {
  return {
    name: `till-${shop}`,
    path: '/service/',
    tags: SERVICE,
    team: 'operations',
    age: 690,
    groups: ['store-tills'],
    keys: [{ active: true, rotated, used: 0, service: 's3' }],
  };
}
