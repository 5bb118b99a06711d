import type { ReportInput } from '#contract/report.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';

/** How one feed of one scope was read, all its calls together. */
export interface FeedCell {
  readonly system: System | null;
  readonly scopeUid: Uid;
  readonly feed: Feed;
  readonly status: Coverage['status'];
}

/** What was read and what was not. */
export interface CoverageView {
  readonly cells: readonly FeedCell[];
  /** Everything that was not read completely, worst first; a scope that nobody says anything about is one too. */
  readonly gaps: readonly Coverage[];
  /** How the feed was read where the identity lives (or in the scopes above it); null: nobody says. */
  readonly statusOf: (scopeUid: Uid, feed: Feed) => Coverage['status'] | null;
}

/** Joins the coverage rows of an ordered input. */
export function coverageView(input: ReportInput): CoverageView {
  const parents = new Map(input.scopes.map((scope) => [scope.uid, scope.parentUid]));
  const cells = feedCells(input.coverage);
  const statuses = new Map(cells.map((cell) => [cellKey(cell.scopeUid, cell.feed), cell.status]));
  return {
    cells,
    gaps: [...input.coverage.filter((row) => row.status !== 'complete'), ...unrecorded(input, parents)],
    statusOf: (scopeUid, feed) => {
      for (const scope of withAncestors(scopeUid, parents)) {
        const status = statuses.get(cellKey(scope, feed));
        if (status !== undefined) return status;
      }
      return null;
    },
  };
}

/** The scope and those above it, nearest first; a circle is walked once. */
export function withAncestors(scopeUid: Uid, parents: ReadonlyMap<Uid, Uid | null>): ReadonlySet<Uid> {
  const seen = new Set<Uid>();
  for (let at: Uid | null = scopeUid; at !== null && !seen.has(at); at = parents.get(at) ?? null)
    seen.add(at);
  return seen;
}

function feedCells(rows: readonly Coverage[]): FeedCell[] {
  const groups = new Map<
    string,
    { readonly cell: Omit<FeedCell, 'status'>; readonly statuses: Set<Coverage['status']> }
  >();
  for (const { system, scopeUid, feed, status } of rows) {
    if (scopeUid === null || feed === null) continue;
    const key = cellKey(scopeUid, feed);
    const group = groups.get(key) ?? { cell: { system, scopeUid, feed }, statuses: new Set() };
    groups.set(key, group);
    group.statuses.add(status);
  }
  return [...groups.values()].map(({ cell, statuses }) => ({ ...cell, status: joined(statuses) }));
}

/** Complete only where every call was; a mixture with something read is partial. */
function joined(statuses: ReadonlySet<Coverage['status']>): Coverage['status'] {
  if (statuses.has('partial') || (statuses.has('complete') && statuses.size > 1)) return 'partial';
  if (statuses.has('failed')) return 'failed';
  if (statuses.has('denied')) return 'denied';
  return statuses.has('skipped') ? 'skipped' : 'complete';
}

function unrecorded(input: ReportInput, parents: ReadonlyMap<Uid, Uid | null>): Coverage[] {
  const recorded = new Set(input.coverage.map((row) => row.scopeUid));
  const systems = new Set(input.coverage.map((row) => row.system));
  const silent = input.scopes.filter((scope) => scope.parentUid === null && !systems.has(scope.system));
  const homes = new Map(input.identities.map((identity) => [identity.scopeUid, identity.system]));
  for (const scope of silent) homes.set(scope.uid, scope.system);
  return [...homes]
    .filter(([scopeUid]) => ![...withAncestors(scopeUid, parents)].some((uid) => recorded.has(uid)))
    .map(([scopeUid, system]) => ({
      system,
      scopeUid,
      feed: null,
      call: 'unrecorded',
      status: 'skipped',
      missingPermission: null,
      detail: 'nothing says what was read here',
    }));
}

function cellKey(scopeUid: Uid, feed: Feed): string {
  return `${feed} ${scopeUid}`;
}
