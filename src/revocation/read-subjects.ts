import type { FormerAccess, Subject } from '#contract/action.ts';
import type { Credential } from '#model/credential.ts';
import type { Grant, Role } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Uid } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import type { Reader } from '#store/reader.ts';

/** An identity of a snapshot with everything that a revocation is about. */
export interface IdentityRecords {
  readonly identity: Identity;
  readonly credentials: readonly Credential[];
  /** Those that name the identity itself. */
  readonly grants: readonly { readonly grant: Grant; readonly role: Role | null }[];
  /** Those that it holds through groups. */
  readonly groupGrants: readonly { readonly grant: Grant; readonly role: Role | null }[];
  /** Who may become it. */
  readonly trusts: readonly Trust[];
}

/** Reads it; null where the snapshot does not hold the identity. */
export async function readIdentity(reader: Reader, uid: Uid): Promise<IdentityRecords | null> {
  // The tables are made from the model's types, column by field.
  const rows = async <Row>(sql: string): Promise<Row[]> =>
    (await reader.all(sql, { uid })).map((row) => byFieldName(row) as Row);
  const [identity] = await rows<Identity>('SELECT * FROM identities WHERE uid = $uid');
  if (identity === undefined) return null;
  const held = await rows<{ uid: Uid; viaGroup: Uid | null }>(
    'SELECT DISTINCT grant_uid AS uid, via_group FROM effective_grants WHERE identity_uid = $uid ORDER BY ALL',
  );
  const all = await rows<Grant>(
    'SELECT * FROM grants WHERE uid IN (SELECT grant_uid FROM effective_grants WHERE identity_uid = $uid) ORDER BY uid',
  );
  const roles = await rows<Role>(
    `SELECT * FROM roles WHERE uid IN (SELECT role_uid FROM effective_grants WHERE identity_uid = $uid)`,
  );
  const roleBy = new Map(roles.map((role) => [role.uid, role]));
  const own = new Set(held.filter(({ viaGroup }) => viaGroup === null).map((each) => each.uid));
  const withRole = (grant: Grant) => ({ grant, role: roleBy.get(grant.roleUid) ?? null });
  return {
    identity,
    credentials: await rows<Credential>('SELECT * FROM credentials WHERE identity_uid = $uid ORDER BY uid'),
    grants: all.filter((grant) => own.has(grant.uid)).map(withRole),
    groupGrants: all.filter((grant) => !own.has(grant.uid)).map(withRole),
    trusts: await rows<Trust>('SELECT * FROM trusts WHERE identity_uid = $uid ORDER BY uid'),
  };
}

/** The rows that actions are asked about, the identity itself last: it goes when nothing is left of it. */
export function subjectsOf({ identity, credentials, grants, trusts }: IdentityRecords): Subject[] {
  return [
    ...credentials.map((row): Subject => ({ table: 'credentials', row, identity })),
    ...trusts.map((row): Subject => ({ table: 'trusts', row, identity })),
    ...grants.map(({ grant, role }): Subject => ({ table: 'grants', row: grant, identity, role })),
    { table: 'identities', row: identity },
  ];
}

/** What an evaluator is asked about. */
export function formerAccess({ identity, grants, groupGrants }: IdentityRecords): FormerAccess {
  return { identity, grants: [...grants, ...groupGrants] };
}

/** A row by the names of the model's fields instead of its columns'. */
function byFieldName(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replaceAll(/_([a-z])/gu, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
