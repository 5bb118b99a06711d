import { type Account, DEV, PROD } from './account.ts';
import { SERVICE_LINKED } from './managed-policies.ts';
import { allow, grantsIn } from './policy.ts';
import type { GroupSpec, RoleSpec, UserSpec } from './spec.ts';
import { identityCenter, principal, service } from './trust.ts';
import { characters } from '../seed.ts';

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
  return [
    { name: 'emergency-access', age: 880, managed: ['IAMUserChangePassword'], inline: { 'assume-break-glass': [assumeBreakGlass(account)] } },
    { name: 'store-tills', age: 700, inline: { 'upload-receipts': [allow('s3:PutObject', `${bucket('receipts')}/\${aws:username}/*`)] } },
    { name: 'integrations', age: 700, inline: { 'exchange-bucket': [s3Write('exchange')] } },
  ];
}

function assumeBreakGlass(account: Account) {
  return allow('sts:AssumeRole', `arn:aws:iam::${account.id}:role/break-glass`, {
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  });
}

/** The role for the day on which nothing else works: rehearsed each quarter. */
export function breakGlassRole(account: Account): RoleSpec {
  return {
    name: 'break-glass',
    team: 'security',
    age: 880,
    used: 41,
    trust: principal(`arn:aws:iam::${account.id}:user/emergency-access-1`, {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    }),
    managed: ['AdministratorAccess'],
  };
}

/** The users that are as they should be. */
export function users(account: Account): readonly UserSpec[] {
  const { arn } = grantsIn(account);
  const emergency = (place: number): UserSpec => ({
    name: `emergency-access-${place}`,
    team: 'security',
    age: 880,
    groups: ['emergency-access'],
    password: { changed: 41, used: 41, mfa: true },
  });
  if (account !== PROD) return [emergency(1)];
  const till = (city: string, rotated: number): UserSpec => ({
    name: `till-${city}`,
    path: '/service/',
    team: 'operations',
    age: 690,
    groups: ['store-tills'],
    keys: [{ active: true, rotated, used: 0, service: 's3' }],
  });
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
      team: 'web-shop',
      age: 540,
      inline: { relay: [allow('ses:SendRawEmail', arn('ses', 'identity/acme.example'))] },
      keys: [{ active: true, rotated: 55, used: 0, service: 'ses' }],
    },
    {
      name: 'svc-warehouse-scanner',
      path: '/service/',
      team: 'operations',
      age: 420,
      groups: ['integrations'],
      // Rotated less than 90 days ago, by hours.
      keys: [{ active: true, rotated: 89, used: 0, service: 's3' }],
    },
  ];
}
