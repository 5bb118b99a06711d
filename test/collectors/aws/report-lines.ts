import { ACCOUNT } from './importing.ts';

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
] as const;

type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

const NOTHING: Readonly<Record<string, string>> = {
  user_creation_time: '2026-01-02T03:04:05+00:00',
  password_enabled: 'false',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_2_active: 'false',
  cert_1_active: 'false',
  cert_2_active: 'false',
};

/** A credential report with these users; cells that are not given say that there is nothing. */
export function reportOf(...users: readonly (Cells & { readonly user: string })[]): string {
  const lines = users.map((cells) => {
    const own: Cells = { arn: `arn:aws:iam::${ACCOUNT}:user/${cells.user}`, ...cells };
    return COLUMNS.map((column) => own[column] ?? NOTHING[column] ?? 'N/A').join(',');
  });
  return [COLUMNS.join(','), ...lines].join('\n');
}

/** The root user's line. */
export const ROOT = {
  user: '<root_account>',
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  password_enabled: 'not_supported',
  password_last_used: '2026-05-13T15:22:44+00:00',
  password_last_changed: 'not_supported',
  password_next_rotation: 'not_supported',
  mfa_active: 'true',
} as const;
