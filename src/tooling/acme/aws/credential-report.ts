import { ago, awsMinute, awsTime } from '../clock.ts';
import { type Account, userArn } from './account.ts';
import type { AccountSpec, KeySpec, UserSpec } from './spec.ts';

const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];

/** The credential report's CSV as IAM makes it: the root user first, then the users by name, no newline at the end. */
export function credentialReport(account: Account, { root, users }: AccountSpec): string {
  const rootArn = `arn:aws:iam::${account.id}:root`;
  const rows = [
    [
      '<root_account>',
      rootArn,
      awsTime(ago(root.age, rootArn)),
      'not_supported',
      used(root.password, `password ${rootArn}`, awsTime),
      'not_supported',
      'not_supported',
      String(root.mfa),
      ...key(rootArn, 1, root.key),
      ...key(rootArn, 2),
      ...certificate(rootArn),
    ],
    ...users.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((user) => userRow(account, user)),
  ];
  return [COLUMNS, ...rows].map((cells) => cells.join(',')).join('\n');
}

function userRow(account: Account, user: UserSpec): readonly string[] {
  const arn = userArn(account, user.name, user.path);
  return [
    user.name,
    arn,
    awsTime(ago(user.age, arn)),
    ...password(arn, user.password),
    ...key(arn, 1, user.keys?.[0]),
    ...key(arn, 2, user.keys?.[1]),
    ...certificate(arn, user.certificate),
  ];
}

/** The columns from `password_enabled` to `mfa_active`. */
function password(arn: string, spec: UserSpec['password']): readonly string[] {
  if (spec === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'false'];
  const lastUsed = spec.used === null ? 'no_information' : awsTime(ago(spec.used, `password ${arn}`));
  return ['true', lastUsed, awsTime(ago(spec.changed, `changed ${arn}`)), 'N/A', String(spec.mfa)];
}

function key(arn: string, place: number, spec?: KeySpec): readonly string[] {
  if (spec === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const unused = spec.used === null;
  return [
    String(spec.active),
    awsTime(ago(spec.rotated, `key ${place} ${arn}`)),
    used(spec.used, `used ${place} ${arn}`, awsMinute),
    unused ? 'N/A' : 'eu-west-1',
    unused ? 'N/A' : (spec.service ?? 's3'),
  ];
}

function certificate(arn: string, age?: number): readonly string[] {
  const first = age === undefined ? ['false', 'N/A'] : ['true', awsTime(ago(age, `certificate ${arn}`))];
  return [...first, 'false', 'N/A'];
}

function used(days: number | null, name: string, print: (time: Date) => string): string {
  return days === null ? 'N/A' : print(ago(days, name));
}
