import { ledgerEntries } from '#ledger/open-ledger.ts';
import type { DriftRecord } from '#model/drift.ts';
import type { Instant, System, Uid } from '#model/system.ts';
import { isDone, readJournal } from '#revocation/journal.ts';
import { planDigest } from '#revocation/plan.ts';
import type { Reader } from '#store/reader.ts';
import { loadPlan, revocationIds } from './folder.ts';

/** Something that a revocation took away and that was proved gone. */
export interface Revoked {
  readonly revocation: string;
  readonly identityUid: Uid;
  readonly subjectUid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly at: Instant;
}

/** What proved revocations took away and nobody rolled back. */
export async function readRevoked(dataDir: string): Promise<Revoked[]> {
  const revoked: Revoked[] = [];
  for (const id of await revocationIds(dataDir)) {
    const plan = await loadPlan(id, dataDir, dataDir);
    const journal = await readJournal(ledgerEntries(dataDir), planDigest(plan));
    if (!journal.proved) continue;
    for (const step of plan.steps) {
      const record = journal.steps.get(step.id);
      if (!isDone(record) || step.phase === 'contain') continue;
      const home = plan.identities.find(({ uid }) => uid === step.identityUid);
      revoked.push({
        revocation: id,
        identityUid: step.identityUid,
        subjectUid: step.subjectUid,
        system: step.system,
        scopeUid: home?.scopeUid ?? '',
        at: record?.time ?? plan.createdAt,
      });
    }
  }
  return revoked;
}

/** Those that a scan sees again: made anew by a controller, a Terraform run, or somebody. */
export async function revokedAgain(reader: Reader, revoked: readonly Revoked[]): Promise<DriftRecord[]> {
  if (revoked.length === 0) return [];
  const rows = await reader.all<{ uid: Uid }>(
    `SELECT uid FROM credentials WHERE enabled IS DISTINCT FROM false AND list_contains($uids, uid)
     UNION SELECT uid FROM grants WHERE list_contains($uids, uid)
     UNION SELECT uid FROM trusts WHERE list_contains($uids, uid)
     UNION SELECT uid FROM identities WHERE list_contains($uids, uid)`,
    { uids: revoked.map(({ subjectUid }) => subjectUid) },
  );
  const there = new Set(rows.map(({ uid }) => uid));
  return revoked
    .filter(({ subjectUid }) => there.has(subjectUid))
    .map(({ revocation, identityUid, subjectUid, system, scopeUid, at }) => ({
      kind: 'revoked',
      direction: 'gained',
      system,
      scopeUid,
      identityUid,
      key: subjectUid,
      before: null,
      after: 'there again',
      causes: null,
      baseline: revocation,
      approvedAt: at,
    }));
}
