import { UsageError } from '#model/errors.ts';
import type { Reader } from '#store/reader.ts';

/** An identity as the user may have meant it. */
export interface FoundIdentity {
  readonly uid: string;
  readonly name: string;
  readonly system: string;
  readonly scope_uid: string;
  readonly kind: string;
}

const CANDIDATES = 10;

/**
 * The one identity that `text` names: by uid, by name, else by a part of either that no other has. Throws UsageError
 * that lists the candidates where there are several, or says that there is none.
 */
export async function findIdentity(reader: Reader, text: string): Promise<FoundIdentity> {
  const find = (test: string) =>
    reader.all<FoundIdentity>(
      `SELECT uid, name, system, scope_uid, kind FROM identities WHERE ${test} ORDER BY uid LIMIT ${CANDIDATES + 1}`,
      { text },
    );
  for (const test of [
    'uid = $text',
    'name = $text',
    'lower(uid) = lower($text) OR lower(name) = lower($text)',
    'contains(lower(uid), lower($text))',
  ]) {
    const found = await find(test);
    const [first, second] = found;
    if (first === undefined) continue;
    if (second === undefined) return first;
    const more = found.length > CANDIDATES ? ', …' : '';
    throw new UsageError(`${text}: more than one identity fits`, {
      hint: `Name one by its uid: ${found
        .slice(0, CANDIDATES)
        .map(({ uid }) => uid)
        .join(', ')}${more}`,
    });
  }
  throw new UsageError(`${text}: no such identity in this snapshot`, {
    hint: 'nhi identities lists them; --provider adds those that the provider manages.',
  });
}
