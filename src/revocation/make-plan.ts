import type { Playbook } from '#contract/playbook.ts';
import { UsageError } from '#model/errors.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { guardsOf } from './guards.ts';
import type { Guard, Plan, PlanStep } from './plan.ts';
import type { ActionPack } from './playbooks.ts';
import type { RevocationPolicy } from './policy.ts';
import { readIdentity, type IdentityRecords } from './read-subjects.ts';
import { residualOf } from './residual.ts';
import { stepsOf, type Look } from './steps.ts';
import type { Twin } from './twins.ts';
import { edgesOf, waysOf, type Edge } from './ways.ts';

export interface PlanRequest {
  readonly id: string;
  /** The identity that is asked for first, then its twins. */
  readonly identities: readonly Twin[];
  readonly playbook: Playbook;
  /** The one row that it is about, for a playbook of that scope; null: everything of the identities. */
  readonly only: Uid | null;
  /** Also what cannot be undone. */
  readonly deletes: boolean;
  readonly requester: string;
  readonly reason: string;
  readonly snapshot: Plan['snapshot'];
  readonly policy: RevocationPolicy;
  readonly now: Instant;
}

/** Works a revocation out on a snapshot. It changes nothing; `look` reads the objects that it would change. */
export async function makePlan(
  reader: Reader,
  request: PlanRequest,
  pack: ActionPack,
  look: Look,
): Promise<Plan> {
  const { policy, playbook, now } = request;
  const records = await readAll(reader, request.identities);
  const steps = await stepsOf(records, playbook, pack, {
    only: request.only,
    deletes: request.deletes,
    look,
    settleSeconds: policy.settleSeconds,
    now,
  });
  const edges: Edge[] = [];
  for (const { identity } of records) edges.push(...(await edgesOf(reader, identity.uid)));
  const uids = records.map(({ identity }) => identity.uid);
  const guards = await guardsOf(reader, records, steps, policy, request.snapshot.asOf);
  const risky = await isRisky(reader, uids, steps, guards);
  return {
    version: 1,
    id: request.id,
    createdAt: now,
    validUntil: new Date(Date.parse(now) + policy.validHours * 3_600_000).toISOString(),
    requester: request.requester,
    reason: request.reason,
    snapshot: request.snapshot,
    playbook: playbook.id,
    identities: records.map(({ identity: { uid, system, scopeUid } }, at) => ({
      uid,
      system,
      scopeUid,
      why: request.identities[at]?.why ?? '',
    })),
    ways: records.flatMap((each) => {
      const { uid } = each.identity;
      return waysOf(
        each,
        edges.filter(({ fromUid, toUid }) => fromUid === uid || toUid === uid),
        steps,
      );
    }),
    steps,
    residual: await residualOf(reader, uids, distinct(edges), steps),
    guards,
    approvals: risky ? policy.approvals.high : policy.approvals.low,
  };
}

async function readAll(reader: Reader, identities: readonly Twin[]): Promise<IdentityRecords[]> {
  const records: IdentityRecords[] = [];
  for (const { uid } of identities) {
    const each = await readIdentity(reader, uid);
    if (each === null) throw new UsageError(`${uid}: no such identity in this snapshot`);
    records.push(each);
  }
  return records;
}

async function isRisky(
  reader: Reader,
  uids: readonly Uid[],
  steps: readonly PlanStep[],
  guards: readonly Guard[],
): Promise<boolean> {
  if (steps.some(({ phase }) => phase === 'delete')) return true;
  if (guards.some(({ verdict }) => verdict === 'hold')) return true;
  const [row] = await reader.all<{ n: number }>(
    `SELECT count(*) AS n FROM entitlements WHERE capability IN ('admin', 'identity-admin') AND list_contains($uids, identity_uid)`,
    { uids },
  );
  return (row?.n ?? 0) > 0;
}

function distinct(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}
