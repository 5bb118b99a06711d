import { ledgerEntries, type Ledger } from '#ledger/open-ledger.ts';
import type { Approval } from '#revocation/approvals.ts';

/** Enters approvals that the ledger does not hold yet: they are signed where the ledger need not be. */
export async function enterApprovals(
  approvals: readonly Approval[],
  ledger: Ledger | null,
  dataDir: string,
): Promise<void> {
  if (ledger === null) return;
  const known = new Set<string>();
  for await (const { kind, body } of ledgerEntries(dataDir)) {
    if (kind === 'approval' && typeof body['signature'] === 'string') known.add(body['signature']);
  }
  for (const approval of approvals) {
    if (known.has(approval.signature)) continue;
    await ledger.append({ kind: 'approval', body: { ...approval, overrules: [...approval.overrules] } });
  }
}
