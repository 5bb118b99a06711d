import { join } from 'node:path';
import type { FormerAccess } from '#contract/action.ts';
import { ledgerEntries, openLedger } from '#ledger/open-ledger.ts';
import { RevocationError } from '#model/errors.ts';
import type { Json, Uid } from '#model/system.ts';
import { writeEvidencePack } from '#revocation/evidence-pack.ts';
import { isDone, readJournal, type Journal } from '#revocation/journal.ts';
import { planDigest, type Plan } from '#revocation/plan.ts';
import { formerAccess, readIdentity } from '#revocation/read-subjects.ts';
import { verifyPlan, type Verification } from '#revocation/verify-plan.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import type { RevokeVerifyOptions } from '../commands/revoke.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, print, type Io } from '../io.ts';
import { liveClock } from '../live.ts';
import { performScan } from '../perform-scan.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { actingContexts } from '../revoke/acting.ts';
import { loadApprovals, loadPlan, revocationFolder } from '../revoke/folder.ts';
import { entriesOf, evidenceKey } from '../revoke/ledger.ts';
import { verificationText } from '../revoke/verification-text.ts';
import { loadSettings, type Settings } from '../settings.ts';

/** `nhi revoke verify`: exit code 5 where it is not proved. */
export async function revokeVerifyAction(
  which: string,
  options: RevokeVerifyOptions,
  io: Io,
): Promise<ExitCode> {
  const settings = await loadSettings(options, io);
  const { config, dataDir } = settings;
  const plan = await loadPlan(which, dataDir, io.cwd);
  const key = await evidenceKey(config, io);
  const digest = planDigest(plan);
  const journal = await readJournal(ledgerEntries(dataDir), digest);
  await settled(plan, journal, options, io);

  const after = await snapshotAfter(plan, settings, options, io);
  let verification: Verification;
  try {
    verification = await verifyPlan({
      plan,
      pack: await loadActionPack(),
      journal,
      former: await formerOf(plan, dataDir),
      after,
      contextOf: actingContexts(config, io),
      now: io.now().toISOString(),
    });
  } finally {
    await after?.close();
  }
  await openLedger(dataDir, key, () => io.now().toISOString()).append({
    kind: 'verification',
    body: {
      plan: digest,
      // A verification is JSON by its type; the compiler does not take interfaces for JSON.
      ...(verification as unknown as Record<string, Json>),
      snapshot: after?.info.id ?? null,
    },
  });
  const folder = revocationFolder(dataDir, plan.id);
  await writeEvidencePack(folder.evidence, {
    plan,
    approvals: await loadApprovals(folder),
    verification,
    entries: await entriesOf(dataDir, digest),
    beforeFolder: folder.before,
    key,
  });
  await print(io, verificationText(verification, options, io));
  await print(io, `Evidence: ${join(folder.evidence, 'index.html')}\n`);
  return verification.verdict === 'proved' ? EXIT.fine : EXIT.notProved;
}

/** Waits, or refuses, until every change has had the time that its system takes: before, a look proves nothing. */
async function settled(plan: Plan, journal: Journal, options: RevokeVerifyOptions, io: Io): Promise<void> {
  const times = plan.steps.flatMap(({ id, settleSeconds }) => {
    const record = journal.steps.get(id);
    return isDone(record) && typeof record?.time === 'string'
      ? [Date.parse(record.time) + settleSeconds * 1000]
      : [];
  });
  const wait = Math.max(0, ...times) - io.now().getTime();
  if (wait <= 0) return;
  const until = new Date(io.now().getTime() + wait).toISOString();
  if (options.wait !== true) {
    throw new RevocationError(`the changes have not settled before ${until}`, {
      hint: 'Come back then, or let it wait with --wait.',
    });
  }
  if (options.quiet !== true) await note(io, `Waiting until ${until} for the changes to settle`);
  await liveClock(io).sleep(wait, io.signal);
}

/** A snapshot taken since: one that is named, or a new one. Older ones would show what was, not what is. */
async function snapshotAfter(
  plan: Plan,
  settings: Settings,
  options: RevokeVerifyOptions,
  io: Io,
): Promise<Snapshot | null> {
  if (!options.scan) return null;
  if (options.snapshot !== undefined) {
    const snapshot = await openSnapshot(settings.dataDir, options.snapshot);
    if (snapshot.info.asOf > plan.createdAt) return snapshot;
    await snapshot.close();
    throw new RevocationError(`snapshot ${options.snapshot} is older than the plan`);
  }
  const imports = options.import === undefined ? {} : { import: options.import };
  const { snapshot } = await performScan({ color: options.color, quiet: true, ...imports }, settings, io);
  return openSnapshot(settings.dataDir, snapshot);
}

/** What the identities could do before, from the snapshot that the plan was made on; empty where that one is gone. */
async function formerOf(plan: Plan, dataDir: string): Promise<Map<Uid, FormerAccess>> {
  const former = new Map<Uid, FormerAccess>();
  const snapshot = await openSnapshot(dataDir, plan.snapshot.id).catch(() => null);
  if (snapshot === null) return former;
  try {
    for (const { uid } of plan.identities) {
      const records = await readIdentity(snapshot, uid);
      if (records !== null) former.set(uid, formerAccess(records));
    }
  } finally {
    await snapshot.close();
  }
  return former;
}
