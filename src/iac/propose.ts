import type { CollectedRecords, Observation } from '#model/record.ts';
import { observe } from '#model/record.ts';
import type { Instant, Uid } from '#model/system.ts';
import { deriveAccess } from '#scan/derive-access.ts';
import { deriveEscalation } from '#scan/derive-escalation.ts';
import { deriveFederation } from '#scan/derive-federation.ts';
import { tableRows } from '#store/read/table-rows.ts';
import type { Reader } from '#store/reader.ts';
import { createSnapshot, type StagedSnapshot } from '#store/write/create-snapshot.ts';
import { bindingOf } from './kubernetes/manifests.ts';
import type { Proposal } from './proposal.ts';
import { byId, COPIED, idOf, isNameable, isSame, uidOf } from './rows.ts';

export interface ProposeOptions {
  readonly base: Reader;
  readonly asOf: Instant;
  readonly proposal: Proposal;
  /** A folder of this run alone: nothing is written where snapshots are. */
  readonly folder: string;
  readonly toolVersion: string;
  readonly signal: AbortSignal;
}

/** The state once the code is applied. */
export interface Proposed {
  readonly staging: StagedSnapshot;
  /** What the code says is there already and the snapshot does not have, sorted. */
  readonly notInSnapshot: readonly Uid[];
}

/**
 * A snapshot as it would be: everything that decides access is copied, the rows that the code describes take the place
 * of theirs, and access is derived as a scan does. The caller discards it.
 */
export async function propose({
  base,
  asOf,
  proposal,
  folder,
  toolVersion,
  signal,
}: ProposeOptions): Promise<Proposed> {
  const staging = await createSnapshot(folder, { asOf, startedAt: asOf, toolVersion });
  try {
    const notInSnapshot = await copy(base, proposal, staging, signal);
    await deriveAccess(staging, asOf, signal);
    await deriveFederation(staging);
    await deriveEscalation(staging);
    await staging.settle();
    return { staging, notInSnapshot };
  } catch (error) {
    await staging.discard();
    throw error;
  }
}

async function copy(
  base: Reader,
  { before, after, owned }: Proposal,
  staging: StagedSnapshot,
  signal: AbortSignal,
): Promise<Uid[]> {
  const was = byId(before);
  const will = byId(after);
  const isOwned = (observation: Observation): boolean =>
    !isNameable(observation.table) || owned.has(uidOf(observation) ?? '');

  function proposed(row: Observation): Observation | null {
    const id = idOf(row);
    const [old, next] = [was.get(id), will.get(id)];
    if (next !== undefined) {
      will.delete(id);
      const isTold = row.table === 'roles' && row.row.document === null;
      const isChanged = isOwned(row) && !(old !== undefined && isSame(old, next));
      return isTold || isChanged ? replaced(row, next) : row;
    }
    if (old !== undefined && isOwned(row)) return null;
    return isPartOf(row, owned) ? null : row;
  }

  for (const table of COPIED) {
    for await (const rows of tableRows(base, table)) {
      signal.throwIfAborted();
      const kept = rows.flatMap((row) => proposed(observe(table, row)) ?? []).filter(isNotDerived);
      await write(staging, table, kept);
    }
  }
  for (const observation of will.values()) {
    if (observation.table !== 'owners' && observation.table !== 'usages')
      await write(staging, observation.table, [observation]);
  }
  return [...will.values()]
    .filter((observation) => was.has(idOf(observation)))
    .filter(({ table }) => table !== 'roles' && table !== 'scopes')
    .filter((observation) => isNameable(observation.table) || owned.has(uidOf(observation) ?? ''))
    .flatMap((observation) => uidOf(observation) ?? [])
    .toSorted();
}

/**
 * Whether what is described is described with this row or without it: the subjects of a binding of Kubernetes, whom a
 * role of AWS or a ServiceAccount trusts.
 */
export function isPartOf(row: Observation, owned: ReadonlySet<Uid>): boolean {
  if (row.table === 'grants') return row.row.system === 'kubernetes' && owned.has(bindingOf(row.row.uid));
  return (
    row.table === 'trusts' && /^(?:aws|kubernetes)$/u.test(row.row.system) && owned.has(row.row.identityUid)
  );
}

/** What the engines said about the snapshot they say again about the proposed state. */
function isNotDerived(observation: Observation): boolean {
  return observation.table !== 'coverage' || !/^access(?::|$)/u.test(observation.row.call);
}

/** An identity is still the one that was read, with the tags that it will have. */
function replaced(row: Observation, next: Observation): Observation {
  if (row.table === 'identities' && next.table === 'identities')
    return observe('identities', { ...row.row, tags: next.row.tags });
  return row.table === 'groups' || row.table === 'scopes' ? row : next;
}

async function write(
  staging: StagedSnapshot,
  table: keyof CollectedRecords,
  rows: readonly Observation[],
): Promise<void> {
  await staging.write(
    table,
    rows.map(({ row }) => row),
  );
}
