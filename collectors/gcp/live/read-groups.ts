import type { Uid } from '#model/system.ts';
import { estateOf } from '../estate.ts';
import { objectOf, textOf } from '../fields.ts';
import { groupMembers } from '../rows/memberships.ts';
import { take, takeOne } from './ask.ts';
import { CALLS } from './calls.ts';
import { type Reading, sideBySide } from './reading.ts';

/**
 * Reads who is in the groups that policies name, and in the groups within those. Whether all of it could be read: if
 * not, whoever is in a group may hold what the group holds.
 * https://cloud.google.com/identity/docs/reference/rest/v1/groups/lookup
 */
export async function readGroups(reading: Reading, scopeUid: Uid): Promise<boolean> {
  const { bindings } = estateOf(reading.intake.holdings, () => undefined);
  const seen = new Set<string>();
  let next = bindings.flatMap(({ principalUid }) => /^gcp:group:(.+)$/u.exec(principalUid)?.[1] ?? []);
  let whole = true;
  while (next.length > 0) {
    const asked = [...new Set(next)].filter((email) => !seen.has(email));
    for (const email of asked) seen.add(email);
    await sideBySide(asked, reading.target.concurrency, async (email) => {
      whole = (await readGroup(reading, scopeUid, email)) && whole;
    });
    const members = groupMembers(reading.intake.holdings);
    next = asked.flatMap((email) =>
      (members.get(email) ?? []).flatMap(({ kind, address }) => (kind === 'group' ? [address] : [])),
    );
  }
  return whole;
}

async function readGroup(reading: Reading, scopeUid: Uid, email: string): Promise<boolean> {
  const found = await reading.outcomes.attempt(CALLS.groupLookup, scopeUid, async () => {
    const query = { 'groupKey.id': email };
    const { body } = await reading.session('cloudidentity').get('v1/groups:lookup', { query });
    return textOf(objectOf(body), 'name');
  });
  const name = /^groups\/[^/?#]+$/u.exec(found ?? '')?.[0];
  if (name === undefined) return false;
  const described = await takeOne(reading, CALLS.group, scopeUid, `v1/${name}`);
  const path = `v1/${name}/memberships`;
  const query = { pageSize: 500, view: 'FULL' };
  const listed = await take(reading, { call: CALLS.memberships, scopeUid, path, list: 'memberships', query });
  return described !== null && listed !== null;
}
