import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { namespaceOf } from './binding.ts';

/** The `call` of the coverage rows that this engine writes itself: they say nothing of what was collected. */
export const GAP_CALL = 'access:kubernetes';

/** What was not collected of a feed, in a cluster as a whole and in single namespaces; absent: everything was. */
export interface FeedGaps {
  readonly cluster: string | null;
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * Reads from coverage what of `feed` is missing in a cluster, but for calls about `except`. A feed of which no row
 * speaks counts as collected.
 */
export function feedGaps(
  coverage: readonly Coverage[],
  clusterUid: Uid,
  feed: Feed,
  except?: string,
): FeedGaps {
  let cluster: string | null = null;
  const namespaces = new Map<string, string>();
  for (const row of coverage) {
    if (row.feed !== feed || row.status === 'complete' || row.call === GAP_CALL || row.scopeUid === null)
      continue;
    if (except !== undefined && row.call.includes(except)) continue;
    const text = `${row.call}: ${row.status}${row.detail === null ? '' : ` (${row.detail})`}`;
    const namespace = namespaceOf(clusterUid, row.scopeUid);
    if (row.scopeUid === clusterUid) cluster ??= text;
    else if (namespace !== null && !namespaces.has(namespace)) namespaces.set(namespace, text);
  }
  return { cluster, namespaces };
}

/** What is missing where a question is about `namespace` (empty: about the cluster), or null. */
export function gapIn({ cluster, namespaces }: FeedGaps, namespace: string): string | null {
  return cluster ?? namespaces.get(namespace) ?? null;
}
