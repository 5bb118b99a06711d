import type { Observation } from '#model/record.ts';
import type { System, Uid } from '#model/system.ts';
import type { Known } from './known.ts';
import type { Unknown } from './proposal.ts';
import { keyOf } from './rows.ts';

/** What a grant rests on that neither the code nor the snapshot describes: nobody knows what it gives, which is said. */
export async function undescribedRoles(
  system: System,
  {
    before,
    after,
    sources,
  }: {
    readonly before: readonly Observation[];
    readonly after: readonly Observation[];
    readonly sources: ReadonlyMap<Uid, string>;
  },
  known: Known,
): Promise<Unknown[]> {
  const described = new Set(
    (await known.roles(system)).filter(({ hasDocument }) => hasDocument).map(({ uid }) => uid),
  );
  const open = new Set<Uid>();
  for (const { table, row } of after) {
    if (table !== 'roles') continue;
    if (row.document !== null) described.add(row.uid);
    // Where the code itself leaves the document open, that was said already.
    else if (sources.has(row.uid)) open.add(row.uid);
  }
  const held = new Set(before.filter(({ table }) => table === 'grants').map(keyOf));
  return after.flatMap((observation) => {
    if (observation.table !== 'grants' || held.has(keyOf(observation))) return [];
    const { uid, roleUid } = observation.row;
    if (described.has(roleUid) || open.has(roleUid)) return [];
    const what = `the snapshot does not hold ${roleUid.replace(/^gcp:/u, '')}: what it gives is not known`;
    return [{ address: sources.get(uid) ?? uid, what }];
  });
}
