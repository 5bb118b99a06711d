import { completeRows } from '#audit/example-rows.ts';
import type { Subject } from '#contract/action.ts';
import type { Credential } from '#model/credential.ts';
import type { Grant, Role } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Trust } from '#model/trust.ts';

type Of<T extends Subject['table']> = Extract<Subject, { table: T }>;

/** A subject that is an identity; what is left out is harmless. */
export function identity(fields: Partial<Identity>): Of<'identities'> {
  return { table: 'identities', row: first(completeRows({ identities: [fields] }).identities) };
}

/** A credential of an identity. */
export function credential(of: Of<'identities'>, fields: Partial<Credential>): Of<'credentials'> {
  const [row] = completeRows({ credentials: [{ identityUid: of.row.uid, ...fields }] }).credentials;
  return { table: 'credentials', row: first([row]), identity: of.row };
}

/** A grant of an identity. */
export function grant(
  of: Of<'identities'>,
  fields: Partial<Grant>,
  role: Partial<Role> | null = null,
): Of<'grants'> {
  const rows = completeRows({
    grants: [{ principalUid: of.row.uid, ...fields }],
    ...(role === null ? {} : { roles: [role] }),
  });
  return { table: 'grants', row: first(rows.grants), identity: of.row, role: rows.roles[0] ?? null };
}

/** A trust of an identity. */
export function trust(of: Of<'identities'>, fields: Partial<Trust>): Of<'trusts'> {
  const [row] = completeRows({ trusts: [{ identityUid: of.row.uid, ...fields }] }).trusts;
  return { table: 'trusts', row: first([row]), identity: of.row };
}

function first<T>([row]: readonly (T | undefined)[]): T {
  if (row === undefined) throw new Error('no row');
  return row;
}
