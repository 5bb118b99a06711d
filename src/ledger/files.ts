import { join } from 'node:path';

/** Where a ledger keeps what. */
export interface LedgerFiles {
  readonly folder: string;
  /** The entries, one a line. */
  readonly entries: string;
  /** What the last entry was: without it, missing entries at the end could not be told. */
  readonly head: string;
  readonly lock: string;
  /** Unfinished lines that a crash left, moved away by the next writer. */
  readonly torn: string;
}

/** The ledger of a data folder. */
export function ledgerFiles(dataDir: string): LedgerFiles {
  const folder = join(dataDir, 'ledger');
  return {
    folder,
    entries: join(folder, 'entries.jsonl'),
    head: join(folder, 'head.json'),
    lock: join(folder, 'lock'),
    torn: join(folder, 'torn.txt'),
  };
}
