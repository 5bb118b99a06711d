import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import type { Entitlement } from '#model/entitlement.ts';
import { readAuthorizationDetails } from './authorization-details.ts';

const file = join(process.cwd(), '../shared/data/aws/cloudsplaining-example/authorization-details.json');

const ADMINS = [
  'AWS-QuickSetup-StackSet-Local-ExecutionRole',
  'AWSReservedSSO_AdministratorAccess_dc6414f7f2ab04fc',
  'OrganizationAccountAccessRole',
  'obama',
  'privesc-AssumeRole-ending-role',
  'privesc-high-priv-service-role',
  'stacksets-exec-b5520cb2730c2f54b523d6375a319abb',
  'userwithlotsofpermissions',
];

/** The hardest of the 122, worked out by hand. `~` before a capability: conditional. */
const HARDEST: readonly (readonly [name: string, capabilities: string, why: string])[] = [
  [
    'userwithlotsofpermissions',
    'admin',
    'has one small inline policy, and AdministratorAccess through its group',
  ],
  [
    'privesc-AssumeRole-ending-role',
    'admin',
    'has a policy of the customer that allows * on *: an equivalent',
  ],
  [
    'privesc-AssumeRole-starting-role',
    '~impersonate',
    'has no policy at all: it is trusted by the next role, which is no right of its own to administer',
  ],
  [
    'fp2-allow-and-deny-multiple-policies-user',
    '',
    'is allowed everything by one policy and denied everything by another',
  ],
  ['fp1-allow-and-deny-role', '', 'is allowed and denied iam:* in one policy'],
  [
    'fn4-exploitableNotAction-user',
    'identity-admin',
    'has everything but iam:Create*, Update* and Attach*: it can write policies with iam:Put*, and is no administrator before it does',
  ],
  [
    'privesc-sre-user',
    'identity-admin',
    'has iam:*, ec2:* and s3:* through its group: it can make itself an administrator, and is none yet',
  ],
  [
    'fn2-exploitableResourceConstraint-user',
    '~identity-admin',
    'may write new versions of policies of the account whose names begin with fn2-',
  ],
  [
    'fp4-nonExploitableResourceConstraint-user',
    '',
    "may write new versions of AWS's own policies, which nobody can",
  ],
  [
    'fp5-nonExploitableConditionConstraint-role',
    '',
    'may write policy versions with a token issued before 2020, and none is',
  ],
  [
    'fn3-exploitableConditionConstraint-role',
    'identity-admin',
    'may write policy versions with a token issued after 2020, as every token of a role is',
  ],
  [
    'AWSServiceRoleForSSO',
    '~identity-admin',
    'may write policies of the roles under /aws-reserved/ and of no others',
  ],
  [
    'AWS-QuickSetup-StackSet-Local-AdministrationRole',
    '~impersonate',
    'may assume a role that administers, if that trusts it',
  ],
];

describe.skipIf(!existsSync(file))(
  'the cloudsplaining example (skipped where ../shared/data is missing)',
  () => {
    const records = existsSync(file) ? readAuthorizationDetails(file) : null;
    const names = new Map(records?.identities.map(({ uid, name }) => [uid, name]));
    const entitlements: Entitlement[] =
      records === null ? [] : [...awsAccess(records, { asOf: '2026-06-01T00:00:00.000Z' }).entitlements()];

    it('has 122 principals', () => expect(records?.identities).toHaveLength(122));

    it('has as administrators those with AdministratorAccess or an equivalent, and nobody else', () => {
      const admins = entitlements.filter(({ capability }) => capability === 'admin');
      expect(admins.map(({ identityUid }) => names.get(identityUid) ?? '').toSorted()).toEqual(ADMINS);
      expect(admins.filter(({ certainty }) => certainty !== 'certain')).toEqual([]);
      expect(admins.filter(({ via }) => via.length === 0)).toEqual([]);
    });

    it.each(HARDEST)('%s is %s: it %s', (name, expected) => {
      const telling = ['admin', 'identity-admin', 'impersonate'];
      const strongest = entitlements
        .filter(
          ({ identityUid, capability }) => names.get(identityUid) === name && telling.includes(capability),
        )
        .toSorted((a, b) => telling.indexOf(a.capability) - telling.indexOf(b.capability))
        .map(({ capability, certainty }) => `${certainty === 'certain' ? '' : '~'}${capability}`);
      expect(strongest[0] ?? '').toBe(expected);
    });

    it('gives a role that only lists metadata-read and no more', () => {
      const roles = entitlements.filter(({ identityUid }) =>
        names.get(identityUid)?.startsWith('AWSServiceRoleForTrustedAdvisor'),
      );
      expect(roles.map(({ capability }) => capability)).toEqual(['metadata-read']);
    });
  },
);
