import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ledgerFiles, type LedgerFiles } from '#ledger/files.ts';
import { openLedger, type Ledger } from '#ledger/open-ledger.ts';
import { verifyLedger, type LedgerVerdict } from '#ledger/verify-ledger.ts';
import { tempDir } from '../temp-dir.ts';

export interface TestLedger {
  readonly dataDir: string;
  readonly files: LedgerFiles;
  readonly key: KeyObject;
  readonly ledger: Ledger;
}

export const TIME = '2026-11-20T12:00:00.000Z';

export function newKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** A ledger with as many scans in it as asked, after its opening entry. */
export async function ledgerWith(scans: number): Promise<TestLedger> {
  const dataDir = await tempDir();
  const key = newKey();
  const ledger = openLedger(dataDir, key, () => TIME);
  for (let index = 1; index <= scans; index++) {
    await ledger.append({ kind: 'scan', body: { snapshot: `s${index}`, identities: index } });
  }
  return { dataDir, files: ledgerFiles(dataDir), key, ledger };
}

/** What the ledger is worth, without anything noted elsewhere. */
export async function verdictOf({ files }: Pick<TestLedger, 'files'>): Promise<LedgerVerdict> {
  return verifyLedger(files, { publicKey: null, knownHead: null });
}
