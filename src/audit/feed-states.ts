import type { Coverage, Feed, Scope } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';

/** How far a feed was read: all of it, with gaps, or not at all. */
export type FeedState = 'complete' | 'partial' | 'missing';

/** One thing that was not read, as evidence tells it. */
export interface Gap {
  readonly feed: Feed;
  readonly call: string | null;
  readonly status: Coverage['status'] | 'not-attempted';
  readonly missing_permission: string | null;
  readonly detail: string | null;
}

/** What was read of one feed in one scope. */
export interface FeedReading {
  readonly state: FeedState;
  readonly gaps: readonly Gap[];
  /** Whether coverage speaks of this very scope; false: the answer comes from the scopes above or below it. */
  readonly own: boolean;
}

/** Answers for every scope and feed of a snapshot. */
export interface FeedStates {
  readonly of: (scopeUid: Uid, feed: Feed) => FeedReading;
  readonly scopes: readonly { readonly uid: Uid; readonly system: System | null }[];
}

type Place = Pick<Scope, 'uid' | 'system' | 'parentUid'>;

/** Hostile data may make scopes their own ancestors. */
const MAX_DEPTH = 32;

/**
 * Sums coverage up. What a call says of a scope holds for the scopes inside it (a cluster's for its namespaces); where
 * nothing is said of a scope or of one above it, what is said of the scopes inside it counts.
 */
export function feedStates(places: readonly Place[], coverage: readonly Coverage[]): FeedStates {
  const parents = new Map(places.map(({ uid, parentUid }) => [uid, parentUid]));
  const own = new Map<string, Coverage[]>();
  const inside = new Map<string, Coverage[]>();
  for (const row of coverage) {
    if (row.scopeUid === null || row.feed === null) continue;
    add(own, key(row.scopeUid, row.feed), row);
    for (const above of ancestors(row.scopeUid, parents)) add(inside, key(above, row.feed), row);
  }
  const known = new Map<string, FeedReading>();
  const of = (scopeUid: Uid, feed: Feed): FeedReading => {
    const at = key(scopeUid, feed);
    const reading = known.get(at) ?? read(scopeUid, feed);
    known.set(at, reading);
    return reading;
  };
  function read(scopeUid: Uid, feed: Feed): FeedReading {
    const here = own.get(key(scopeUid, feed)) ?? [];
    const above = ancestors(scopeUid, parents).flatMap((uid) => own.get(key(uid, feed)) ?? []);
    const said = [...here, ...above];
    return {
      ...summed(feed, said.length > 0 ? said : (inside.get(key(scopeUid, feed)) ?? [])),
      own: here.length > 0,
    };
  }
  return { of, scopes: everyScope(places, coverage) };
}

/** Scopes that only coverage knows count too: an account whose reading failed has no scope row. */
function everyScope(places: readonly Place[], coverage: readonly Coverage[]): FeedStates['scopes'] {
  const systems = new Map<Uid, System | null>(places.map(({ uid, system }) => [uid, system]));
  for (const { scopeUid, system } of coverage) {
    if (scopeUid !== null && !systems.has(scopeUid)) systems.set(scopeUid, system);
  }
  return [...systems].map(([uid, system]) => ({ uid, system }));
}

/**
 * A feed can have several sources, and one that nobody tried (`skipped`) takes nothing from another that was read whole.
 * One that was tried and fell short leaves a gap.
 */
function summed(feed: Feed, rows: readonly Coverage[]): Omit<FeedReading, 'own'> {
  const short = rows.filter(({ status }) => status !== 'complete');
  const gaps = short.map(({ call, status, missingPermission, detail }) => ({
    feed,
    call,
    status,
    missing_permission: missingPermission,
    detail,
  }));
  const complete = rows.some(({ status }) => status === 'complete');
  if (complete && short.every(({ status }) => status === 'skipped')) return { state: 'complete', gaps: [] };
  if (complete || rows.some(({ status }) => status === 'partial')) return { state: 'partial', gaps };
  const untried: Gap = { feed, call: null, status: 'not-attempted', missing_permission: null, detail: null };
  return { state: 'missing', gaps: gaps.length > 0 ? gaps : [untried] };
}

function ancestors(uid: Uid, parents: ReadonlyMap<Uid, Uid | null>): Uid[] {
  const above: Uid[] = [];
  for (
    let next = parents.get(uid);
    typeof next === 'string' && above.length < MAX_DEPTH;
    next = parents.get(next)
  ) {
    above.push(next);
  }
  return above;
}

function key(scopeUid: Uid, feed: Feed): string {
  return `${feed} ${scopeUid}`;
}

function add(map: Map<string, Coverage[]>, at: string, row: Coverage): void {
  const rows = map.get(at);
  if (rows === undefined) map.set(at, [row]);
  else rows.push(row);
}
