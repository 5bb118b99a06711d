import type { Coverage } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** How a feed of a scope was read, all its calls together; `not known`: nothing says. */
export type Read = Coverage['status'] | 'not known';

/** How the feeds were read that an identity's page rests on. `access`: grants and roles, the worse of them. */
export interface FeedState {
  readonly owners: Read;
  readonly access: Read;
  readonly trusts: Read;
  readonly credentials: Read;
  readonly usages: Read;
  readonly workloads: Read;
}

/** From best to worst. */
const ORDER: readonly Read[] = ['complete', 'partial', 'skipped', 'denied', 'failed', 'not known'];

/** How the feeds of a scope were read. A source that nobody tried takes nothing from another that was read whole. */
export async function coverageOf(reader: Reader, scopeUid: Uid): Promise<FeedState> {
  const rows = await reader.all<{ feed: string; status: Coverage['status'] }>(
    'SELECT DISTINCT feed, status FROM coverage WHERE scope_uid = $scopeUid AND feed IS NOT NULL',
    { scopeUid },
  );
  const stateOf = (feed: string): Read => {
    const statuses = rows.filter((row) => row.feed === feed).map(({ status }) => status);
    const tried = statuses.filter((status) => status !== 'skipped');
    const counted = tried.length > 0 ? tried : statuses;
    if (counted.length === 0) return 'not known';
    return counted.length > 1 && counted.includes('complete') ? 'partial' : worst(counted);
  };
  return {
    owners: stateOf('owners'),
    access: worst([stateOf('grants'), stateOf('roles')]),
    trusts: stateOf('trusts'),
    credentials: stateOf('credentials'),
    usages: stateOf('usages'),
    workloads: stateOf('workloads'),
  };
}

function worst(states: readonly Read[]): Read {
  return ORDER.findLast((each) => states.includes(each)) ?? 'not known';
}
