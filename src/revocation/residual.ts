import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import type { PlanStep, Residual } from './plan.ts';
import type { Edge } from './ways.ts';

interface Entitled {
  readonly identityUid: Uid;
  readonly capability: string;
  readonly scopeUid: Uid;
  readonly via: readonly Uid[];
}

/**
 * What some identities could still do, and become, when all steps are done: the graph without what the steps remove.
 * A capability stays while one thing that gives it does; an edge that rests on nothing known is not taken away.
 */
export async function residualOf(
  reader: Reader,
  identities: readonly Uid[],
  edges: readonly Edge[],
  steps: readonly PlanStep[],
): Promise<Residual> {
  const removed = new Set(
    steps.filter(({ closes }) => closes === 'subject').map(({ subjectUid }) => subjectUid),
  );
  const ended = new Set(
    steps.filter(({ closes }) => closes === 'all-access').map(({ identityUid }) => identityUid),
  );
  const open = identities.filter((uid) => !ended.has(uid));
  const entitlements: Entitled[] = [];
  for (const uid of open) {
    const rows = await reader.all<Entitled & Record<string, unknown>>(
      `SELECT identity_uid AS "identityUid", capability, scope_uid AS "scopeUid", via FROM entitlements
       WHERE identity_uid = $uid ORDER BY ALL`,
      { uid },
    );
    entitlements.push(
      ...rows.filter(({ via }) => via.length === 0 || via.some((each) => !removed.has(each))),
    );
  }
  return {
    entitlements: entitlements.map(({ identityUid, capability, scopeUid, via }) => ({
      identityUid,
      capability,
      scopeUid,
      via: via.filter((each) => !removed.has(each)),
    })),
    edges: edges
      .filter(({ fromUid, toUid }) => !ended.has(fromUid) && !ended.has(toUid))
      .filter(({ evidence }) => evidence.length === 0 || evidence.some((each) => !removed.has(each)))
      .map(({ fromUid, toUid, via }) => ({ fromUid, toUid, via })),
    unknown: await gapsOf(reader, identities),
  };
}

/** What was not read where the identities live: access that the graph cannot show. */
async function gapsOf(reader: Reader, identities: readonly Uid[]): Promise<string[]> {
  const rows = await reader.all<{ text: string }>(
    `SELECT DISTINCT c.scope_uid || ': ' || c.feed || ' is ' || c.status AS text
     FROM coverage c JOIN identities i ON i.scope_uid = c.scope_uid
     WHERE list_contains($uids, i.uid) AND c.status <> 'complete'
       AND c.feed IN ('identities', 'groups', 'credentials', 'roles', 'grants', 'trusts', 'resource-policies')
     ORDER BY ALL`,
    { uids: identities },
  );
  return rows.map(({ text }) => text);
}
