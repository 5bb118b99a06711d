import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegrowthFact } from '#agent/facts.ts';
import type { DueRegrowth } from '#agent/work.ts';
import { ledgerEntries } from '#ledger/open-ledger.ts';
import { planDigest } from '#revocation/plan.ts';
import { readJournal } from '#revocation/journal.ts';
import { revokeVerifyAction } from '../actions/revoke-verify.ts';
import { describeError } from '../describe-error.ts';
import type { Io } from '../io.ts';
import { loadPlan, revocationIds } from '../revoke/folder.ts';
import type { Settings } from '../settings.ts';

interface History {
  readonly provedAt: number;
  readonly lookedAt: number;
}

/**
 * Proved revocations that nobody rolled back and that are to be looked at again: so long after the proof, each time
 * once. `looked`: when the agent last looked, whatever came of it. Throws StoreError where the ledger cannot be read.
 */
export async function dueRegrowth(
  dataDir: string,
  delays: readonly number[],
  looked: Readonly<Record<string, number>>,
): Promise<DueRegrowth[]> {
  const any = await readdir(join(dataDir, 'revocations')).catch(() => []);
  if (delays.length === 0 || any.length === 0) return [];
  const histories = await readHistories(dataDir);
  const due: DueRegrowth[] = [];
  for (const revocation of await revocationIds(dataDir)) {
    const history = histories.get(planDigest(await loadPlan(revocation, dataDir, dataDir)));
    if (history === undefined) continue;
    const last = Math.max(history.lookedAt, looked[revocation] ?? 0);
    const times = delays.map((delay) => history.provedAt + delay).filter((time) => time > last);
    if (times.length > 0) due.push({ revocation, at: Math.min(...times) });
  }
  return due;
}

/** When plans were first proved and last looked at, by their digests; those that were rolled back are left out. */
async function readHistories(dataDir: string): Promise<ReadonlyMap<string, History>> {
  const histories = new Map<string, History>();
  for await (const { kind, body, time } of ledgerEntries(dataDir)) {
    const plan = body['plan'];
    if (typeof plan !== 'string') continue;
    if (kind === 'rollback') histories.delete(plan);
    if (kind !== 'verification') continue;
    const at = Date.parse(time);
    const before = histories.get(plan);
    if (before !== undefined) histories.set(plan, { ...before, lookedAt: at });
    else if (body['verdict'] === 'proved') histories.set(plan, { provedAt: at, lookedAt: at });
  }
  return histories;
}

/** Looks at a revocation again as `nhi revoke verify --again` does, with a snapshot that was taken since. Never throws. */
export async function lookAgain(
  revocation: string,
  snapshot: string,
  { config, dataDir }: Settings,
  io: Io,
): Promise<RegrowthFact> {
  try {
    const where = { data: dataDir, ...(config.file === null ? {} : { config: config.file }) };
    const options = { ...where, snapshot, color: false, quiet: true, scan: true, again: true } as const;
    await revokeVerifyAction(revocation, options, io);
    const plan = await loadPlan(revocation, dataDir, dataDir);
    const { verdict } = await readJournal(ledgerEntries(dataDir), planDigest(plan));
    return { revocation, verdict, detail: null };
  } catch (error) {
    return { revocation, verdict: null, detail: describeError(error, io.signal.aborted).text };
  }
}
