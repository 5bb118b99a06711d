import type { LoadedConfig } from '#config/load-config.ts';
import { compareWithIntent, readIntent } from '#drift/intent.ts';
import type { DriftRecord } from '#model/drift.ts';
import type { System, Uid } from '#model/system.ts';
import { readRevoked, revokedAgain } from './revoke/came-back.ts';
import type { Reader } from '#store/reader.ts';

/**
 * What tells a scan what is not as it was approved: the configuration's baseline, and the revocations that were proved.
 * Reads the baseline at once, so that a wrong one stops the scan before it begins. Throws ConfigError.
 */
export async function driftForScan(
  config: LoadedConfig,
  dataDir: string,
): Promise<(reader: Reader) => Promise<DriftRecord[]>> {
  const intent = config.baseline === undefined ? null : await readIntent(config.baseline);
  const revoked = await readRevoked(dataDir);
  return async (reader) => {
    const changes = intent === null ? [] : await compareWithIntent(reader, intent);
    const homes = await homesOf(
      reader,
      changes.map(({ identityUid }) => identityUid),
    );
    const records = changes.map((change): DriftRecord => {
      const home = homes.get(change.identityUid);
      return {
        ...change,
        system: home?.system ?? null,
        scopeUid: home?.scopeUid ?? null,
        causes: null,
        baseline: intent?.name ?? '',
        approvedAt: intent?.approvedAt ?? null,
      };
    });
    return [...records, ...(await revokedAgain(reader, revoked))];
  };
}

interface Home {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
}

/** Where identities live; scopes that guardrails limit live in themselves. */
async function homesOf(reader: Reader, uids: readonly Uid[]): Promise<ReadonlyMap<Uid, Home>> {
  const rows = await reader.all<Home & Record<string, unknown>>(
    `SELECT uid, system, scope_uid AS "scopeUid" FROM identities WHERE list_contains($uids, uid)
     UNION ALL SELECT uid, system, uid FROM scopes WHERE list_contains($uids, uid)`,
    { uids: [...new Set(uids)] },
  );
  return new Map(rows.map((row) => [row.uid, row]));
}
