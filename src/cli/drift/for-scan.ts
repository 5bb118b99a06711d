import type { LoadedConfig } from '#config/load-config.ts';
import { compareWithIntent, type Intent } from '#drift/intent.ts';
import { checkCode, type CodeDrift } from '#iac/approved.ts';
import type { Change, DriftRecord } from '#model/drift.ts';
import type { Json, System, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { againstCode } from './against-code.ts';
import { readApproved } from './approved-access.ts';
import { readRevoked, revokedAgain } from '../revoke/came-back.ts';

/**
 * What tells a scan what is not as it was approved: the configuration's baseline, and the revocations that were proved.
 * Reads facts and states at once, so that a wrong file stops the scan before it begins. Throws ConfigError.
 */
export async function driftForScan(
  config: LoadedConfig,
  dataDir: string,
  signal: AbortSignal,
): Promise<(reader: Reader) => Promise<DriftRecord[]>> {
  const approved = await readApproved(config.baseline);
  if (approved?.kind === 'code') await checkCode(approved.code);
  const revoked = await readRevoked(dataDir);
  return async (reader) => {
    const again = await revokedAgain(reader, revoked);
    switch (approved?.kind) {
      case undefined:
        return again;
      case 'entitlements':
        return [...(await fromFacts(reader, approved.intent)), ...again];
      case 'code': {
        const drift = await againstCode(reader, approved.code, signal);
        return [...(await fromCode(reader, drift, approved.name)), ...again];
      }
    }
  };
}

async function fromFacts(reader: Reader, intent: Intent): Promise<DriftRecord[]> {
  const changes = await compareWithIntent(reader, intent);
  return recordsOf(reader, changes, { baseline: intent.name, approvedAt: intent.approvedAt }, () => null);
}

async function fromCode(
  reader: Reader,
  { changes, causes, unmanaged, unknowns }: CodeDrift,
  name: string,
): Promise<DriftRecord[]> {
  const common = { baseline: name, approvedAt: null };
  const records = await recordsOf(reader, changes, common, ({ identityUid }) => {
    // Causes are JSON by their type; the compiler does not take interfaces for JSON.
    return (causes.get(identityUid) ?? null) as unknown as Json;
  });
  const beside = unmanaged.map(({ kind, uid, system, scopeUid, identityUid, what, gives }): DriftRecord => ({
    kind: `unmanaged-${kind}`,
    direction: 'gained',
    system,
    scopeUid,
    identityUid,
    key: uid,
    before: null,
    after: what,
    causes: gives,
    ...common,
  }));
  const open = unknowns.map(({ address, what }): DriftRecord => ({
    kind: 'not-told',
    direction: 'unknown',
    system: null,
    scopeUid: null,
    identityUid: address,
    key: what,
    before: null,
    after: null,
    causes: null,
    ...common,
  }));
  return [...records, ...beside, ...open];
}

async function recordsOf(
  reader: Reader,
  changes: readonly Change[],
  common: Pick<DriftRecord, 'baseline' | 'approvedAt'>,
  causesOf: (change: Change) => Json,
): Promise<DriftRecord[]> {
  const homes = await homesOf(
    reader,
    changes.map(({ identityUid }) => identityUid),
  );
  return changes.map((change): DriftRecord => {
    const home = homes.get(change.identityUid);
    return {
      ...change,
      system: home?.system ?? null,
      scopeUid: home?.scopeUid ?? null,
      causes: causesOf(change),
      ...common,
    };
  });
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
