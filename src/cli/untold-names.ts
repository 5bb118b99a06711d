import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** The name of an identity where its uid does not hold it, as Entra's object ids; '': it does, or there is none. */
export function untoldName(uid: Uid | null, name: string | null): string {
  return uid === null || name === null || uid.includes(name) ? '' : name;
}

/** The names of those of the identities whose uids do not hold them. */
export async function untoldNames(reader: Reader, uids: Iterable<Uid>): Promise<ReadonlyMap<Uid, string>> {
  const rows = await reader.all<{ uid: Uid; name: string }>(
    'SELECT uid, name FROM identities WHERE list_contains($uids, uid) AND NOT contains(uid, name)',
    { uids: [...new Set(uids)] },
  );
  return new Map(rows.map(({ uid, name }) => [uid, name]));
}
