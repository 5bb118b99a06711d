import { causesOf, restsOnOthers, sidesOf } from '#drift/causes.ts';
import { allChanges, compare, PAIR } from '#drift/compare.ts';
import { factId } from '#drift/fact.ts';
import { compareWithIntent, type Intent } from '#drift/intent.ts';
import type { CodeDrift } from '#iac/approved.ts';
import { UsageError } from '#model/errors.ts';
import type { Cause, Change, ExplainedChange, ExplainedDrift } from '#model/drift.ts';
import type { Uid } from '#model/system.ts';
import { openPair } from '#store/read/open-pair.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { findIdentity } from '../find-identity.ts';
import { againstCode } from './against-code.ts';
import type { ApprovedAccess } from './approved-access.ts';
import { authorsIn } from './authors.ts';
import { firstSeenIn, readableIds } from './first-seen.ts';

/** What to compare. */
export interface DriftRequest {
  readonly dataDir: string;
  /** The earlier snapshot; null: the one before the later one, or what was approved where there is that. */
  readonly from: string | null;
  /** The later snapshot; null: the latest. */
  readonly to: string | null;
  readonly approved: ApprovedAccess | null;
  /** Only this identity, in the words of the user; null: all. */
  readonly identity: string | null;
  readonly signal: AbortSignal;
}

/**
 * Works out drift with all that is known of it. Two snapshots that are named are compared with each other, and what was
 * approved says what of it was; else a snapshot is compared with what was approved. Throws UsageError where there is
 * nothing to compare with.
 */
export async function explainDrift(request: DriftRequest): Promise<ExplainedDrift> {
  const { approved, dataDir, from, identity } = request;
  const snapshot = await openSnapshot(dataDir, request.to ?? undefined);
  try {
    const only = identity === null ? null : (await findIdentity(snapshot, identity)).uid;
    if (approved === null || from !== null) return await betweenSnapshots(snapshot, request, only);
    switch (approved.kind) {
      case 'entitlements':
        return await againstFacts(snapshot, approved.intent, only);
      case 'code': {
        const drift = await againstCode(snapshot, approved.code, request.signal);
        return await explainCode(snapshot, drift, approved.name, only);
      }
    }
  } finally {
    await snapshot.close();
  }
}

async function againstFacts(snapshot: Snapshot, intent: Intent, only: Uid | null): Promise<ExplainedDrift> {
  const changes = about(await compareWithIntent(snapshot, intent), only);
  const authors = await authorsIn(snapshot, { since: intent.approvedAt });
  return {
    from: intent.name,
    to: snapshot.info.id,
    changes: changes.map((change) => ({
      ...change,
      ...unapproved(change),
      causes: [],
      sources: [],
      ...authors(change, []),
    })),
    unmanaged: null,
    notTold: [],
  };
}

async function explainCode(
  snapshot: Snapshot,
  { changes, causes, unmanaged, unknowns, sourcesOf }: CodeDrift,
  name: string,
  only: Uid | null,
): Promise<ExplainedDrift> {
  const authors = await authorsIn(snapshot, { since: null });
  return {
    from: name,
    to: snapshot.info.id,
    changes: about(changes, only).map((change) => {
      const own = causesFor(change, causes);
      const sources = sourcesOf(change.identityUid);
      return { ...change, ...unapproved(change), causes: own, sources, ...authors(change, own) };
    }),
    unmanaged: unmanaged.filter(({ identityUid }) => only === null || identityUid === only),
    notTold: unknowns.map(({ address, what }) => `${address}: ${what}`),
  };
}

async function betweenSnapshots(
  later: Snapshot,
  { dataDir, from, approved, signal }: DriftRequest,
  only: Uid | null,
): Promise<ExplainedDrift> {
  const earlier = from ?? (await snapshotBefore(later.info.id, dataDir));
  const approvalOf = await approvals(later, approved, signal);
  const pair = await openPair({ dataDir, which: earlier }, { dataDir, which: later.info.id });
  try {
    const changes = await allChanges(compare(pair, PAIR, only));
    const causes = await causesOf(changes, sidesOf(pair));
    const [first, last] = [pair.before.id, pair.after.id];
    const firstSeen = await firstSeenIn(changes, { dataDir, from: first, to: last, identity: only });
    const authors = await authorsIn(later, { since: pair.before.asOf });
    return {
      from: first,
      to: last,
      changes: changes.map((change) => {
        const own = causesFor(change, causes);
        return {
          ...change,
          causes: own,
          ...approvalOf(change),
          firstSeen: firstSeen.get(factId(change)) ?? last,
          sources: [],
          ...authors(change, own),
        };
      }),
      unmanaged: null,
      notTold: [],
    };
  } finally {
    await pair.close();
  }
}

type Approval = Pick<ExplainedChange, 'approval' | 'approvedBy'>;

const NOBODY_ASKED: Approval = { approval: 'unknown', approvedBy: null };
const NOT_APPROVED: Approval = { approval: 'unapproved', approvedBy: null };

function unapproved({ direction }: Change): Approval & Pick<ExplainedChange, 'firstSeen'> {
  return { ...(direction === 'unknown' ? NOBODY_ASKED : NOT_APPROVED), firstSeen: null };
}

/** Code approves what it describes whole: what somebody has by other things too may come of those. */
async function approvals(
  later: Snapshot,
  approved: ApprovedAccess | null,
  signal: AbortSignal,
): Promise<(change: Change) => Approval> {
  if (approved === null) return () => NOBODY_ASKED;
  const { name } = approved;
  const approval: Approval = { approval: 'approved', approvedBy: name };
  if (approved.kind === 'entitlements') {
    const { facts } = approved.intent;
    return (change) =>
      (facts.get(factId(change))?.value ?? null) === change.after ? approval : NOT_APPROVED;
  }
  const { changes, unmanaged, sourcesOf } = await againstCode(later, approved.code, signal);
  const differing = new Set(changes.map(factId));
  const beside = new Set(unmanaged.map(({ identityUid }) => identityUid));
  return (change) => {
    if (differing.has(factId(change))) return NOT_APPROVED;
    const isDescribed = sourcesOf(change.identityUid).length > 0 && !beside.has(change.identityUid);
    return isDescribed ? approval : NOBODY_ASKED;
  };
}

function causesFor(
  { kind, identityUid }: Change,
  causes: ReadonlyMap<Uid, readonly Cause[]>,
): readonly Cause[] {
  return restsOnOthers(kind) ? (causes.get(identityUid) ?? []) : [];
}

function about(changes: readonly Change[], identity: Uid | null): Change[] {
  return changes.filter(({ identityUid }) => identity === null || identityUid === identity);
}

/** The snapshot before the later one. Throws UsageError where there is none. */
async function snapshotBefore(later: string, dataDir: string): Promise<string> {
  const earlier = (await readableIds(dataDir)).filter((each) => each < later).at(-1);
  if (earlier !== undefined) return earlier;
  throw new UsageError(`there is no snapshot before ${later}`, {
    hint: 'Take another one with nhi scan, or compare with approved access: nhi drift --baseline FILE.',
  });
}
