import { pathsTo, type BecomePath } from '#access/reach/index.ts';
import type { Path } from '#dashboard/given.ts';
import type { Uid } from '#model/system.ts';
import { readAdminTargets, readBecomeGraph } from '#scan/become-graph.ts';
import type { Reader } from '#store/reader.ts';

/** The ways to become an administrator in one snapshot. */
interface AdminPaths {
  /** Those of identities that are none yet: certain ones first, then the shortest, then by identity. */
  readonly all: readonly Path[];
  /** The way of one identity, without hops where it is one; null: the graph knows none. */
  readonly of: (identity: Uid) => Path | null;
}

/** Searches the becoming graph of a snapshot once, for all identities. */
export async function readAdminPaths(reader: Reader): Promise<AdminPaths> {
  const paths = pathsTo(await readBecomeGraph(reader), await readAdminTargets(reader));
  const of = (identity: Uid) => paths.pathOf(identity) ?? null;
  const identities = await reader.all<{ uid: Uid }>('SELECT uid FROM identities ORDER BY uid');
  const all = identities.flatMap(({ uid }) => of(uid) ?? []).filter(({ hops }) => hops.length > 0);
  return { all: all.toSorted((a, b) => rank(a) - rank(b)), of };
}

function rank({ certainty, hops }: BecomePath): number {
  return (certainty === 'certain' ? 0 : 1000) + hops.length;
}
