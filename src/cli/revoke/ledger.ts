import type { KeyObject } from 'node:crypto';
import type { LoadedConfig } from '#config/load-config.ts';
import type { Entry } from '#ledger/entry.ts';
import { loadPublicKey } from '#ledger/keys.ts';
import { ledgerEntries } from '#ledger/open-ledger.ts';
import { RevocationError } from '#model/errors.ts';
import type { Approver } from '#revocation/approvals.ts';
import type { Io } from '../io.ts';
import { ledgerKey } from '../ledger-key.ts';

/** The key that signs the evidence: without one nothing is revoked. Throws RevocationError. */
export async function evidenceKey(config: LoadedConfig, io: Io): Promise<KeyObject> {
  const key = await ledgerKey(config, io);
  if (key !== null) return key;
  throw new RevocationError('there is no key for the ledger, and a revocation leaves evidence', {
    hint: 'Make one with nhi ledger keygen.',
  });
}

/** The ledger's entries about one plan. */
export async function entriesOf(dataDir: string, digest: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of ledgerEntries(dataDir)) if (entry.body['plan'] === digest) entries.push(entry);
  return entries;
}

/** Who may approve, with their keys. Throws ConfigError where a key cannot be read. */
export async function approversOf({ revocation }: LoadedConfig): Promise<Approver[]> {
  return Promise.all(
    revocation.approvers.map(async ({ name, key }) => ({ name, key: await loadPublicKey(key) })),
  );
}
