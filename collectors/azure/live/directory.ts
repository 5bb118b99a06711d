import { principalsOf } from '../rows/group-eligibilities.ts';
import { listOf, textOf, type Fields } from '../files/fields.ts';
import type { EntityKind } from '../files/sort.ts';
import {
  APP_ROLES_OF,
  APPLICATION_OWNERS,
  AT_DIRECTORY,
  EXPANDED,
  GROUP_ELIGIBILITIES,
  MEMBERS,
  PRINCIPAL_OWNERS,
  type Call,
} from './calls.ts';
import { readList, type Reading } from './list.ts';

/** Reads the directory: the lists one by one, then what single objects are asked for. */
export async function readDirectory(reading: Reading, scopeUid: string): Promise<void> {
  for (const call of AT_DIRECTORY) await readList(reading, call, { scope: '', scopeUid });
  const each = async (call: Call, kind: EntityKind, wanted: (fields: Fields) => boolean): Promise<void> => {
    const ids = (reading.gathering.holdings.get(kind) ?? []).flatMap(({ fields }) => {
      const id = textOf(fields, 'id');
      return id !== null && wanted(fields) ? [id] : [];
    });
    await Promise.all(ids.map(async (id) => readList(reading, call, { scope: id, scopeUid })));
  };
  await each(APP_ROLES_OF, 'service-principal', (fields) => listOf(fields, 'appRoles').length > 0);
  const holders = principalsOf([
    ...(reading.gathering.holdings.get('role-assignment') ?? []),
    ...(reading.gathering.holdings.get('directory-assignment') ?? []),
  ]);
  await each(GROUP_ELIGIBILITIES, 'group', (fields) =>
    holders.has(textOf(fields, 'id')?.toLowerCase() ?? ''),
  );
  await each(MEMBERS, 'group', (fields) => isUnexpanded(fields, 'members'));
  await each(APPLICATION_OWNERS, 'application', (fields) => isUnexpanded(fields, 'owners'));
  await each(PRINCIPAL_OWNERS, 'service-principal', (fields) => isUnexpanded(fields, 'owners'));
}

function isUnexpanded(fields: Fields, name: string): boolean {
  return !Array.isArray(fields[name]) || listOf(fields, name).length >= EXPANDED;
}
