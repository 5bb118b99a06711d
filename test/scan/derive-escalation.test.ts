import { describe, expect, it } from 'vitest';
import type { BecomeEdge, Entitlement } from '#model/entitlement.ts';
import { adminUid, waypointUid } from '#model/uid.ts';
import { deriveEscalation } from '#scan/derive-escalation.ts';
import { openEstate } from '#test/estates/estate.ts';

const ACCOUNT = 'aws:111122223333';

function edge(fromUid: string, toUid: string, extra: Partial<BecomeEdge> = {}): BecomeEdge {
  return {
    fromUid,
    toUid,
    via: 'assume-role',
    permissions: [],
    certainty: 'certain',
    evidence: [`grant of ${fromUid}`],
    ...extra,
  };
}

/** Who can escalate, to which scope, how surely and by what. */
async function escalations(
  uids: readonly string[],
  edges: readonly BecomeEdge[],
  said: readonly Entitlement[] = [],
): Promise<string[]> {
  const staging = await openEstate({
    scopes: [{ uid: ACCOUNT, system: 'aws', kind: 'account' }],
    identities: uids.map((uid) => ({ uid, scopeUid: ACCOUNT })),
  });
  await staging.write('entitlements', [
    { identityUid: 'boss', capability: 'admin', scopeUid: ACCOUNT, certainty: 'certain', via: ['b'] },
  ]);
  await staging.write('entitlements', said);
  await staging.write('edges', edges);
  await deriveEscalation(staging);
  const rows = await staging.all<{
    identity_uid: string;
    scope_uid: string;
    certainty: string;
    via: string[];
  }>(
    `SELECT identity_uid, scope_uid, certainty, via FROM entitlements WHERE capability = 'escalate' ORDER BY ALL`,
  );
  await staging.discard();
  return rows.map((row) => `${row.identity_uid} ${row.scope_uid} ${row.certainty} by ${row.via.join(', ')}`);
}

describe('the capability to escalate', () => {
  it('is every chain of steps to an administrator, and not being one', async () => {
    expect(await escalations(['a', 'b', 'boss', 'other'], [edge('a', 'b'), edge('b', 'boss')])).toEqual([
      `a ${ACCOUNT} certain by grant of a`,
      `b ${ACCOUNT} certain by grant of b`,
    ]);
  });

  it('leads through waypoints to a scope’s own administrator', async () => {
    const middle = waypointUid(ACCOUNT, 'roles');
    const edges = [edge('a', middle), edge(middle, adminUid(ACCOUNT), { certainty: 'conditional' })];
    expect(await escalations(['a', 'boss'], edges)).toEqual([`a ${ACCOUNT} conditional by grant of a`]);
  });

  it('is nobody’s where nothing leads there', async () => {
    expect(await escalations(['a', 'boss'], [edge('boss', 'a')])).toEqual([]);
  });

  it('stays what a system’s own engine has said of it', async () => {
    const said = {
      identityUid: 'a',
      capability: 'escalate' as const,
      scopeUid: ACCOUNT,
      certainty: 'certain' as const,
      via: ['own'],
    };
    expect(
      await escalations(['a', 'boss'], [edge('a', 'boss', { certainty: 'conditional' })], [said]),
    ).toEqual([`a ${ACCOUNT} certain by own`]);
  });
});
