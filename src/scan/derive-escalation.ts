import { pathsTo, type BecomePath } from '#access/reach/index.ts';
import type { Entitlement } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { adminUid } from '#model/uid.ts';
import type { Staging } from '#store/reader.ts';
import { readAdminTargets, readBecomeGraph } from './become-graph.ts';

const BATCH = 4096;

/**
 * Writes the capability `escalate` for every identity that is no administrator and can become one by a chain of
 * steps, over all systems: the scope is the administrator's, `via` is what the first step rests on. What a system's own
 * engine has said of a scope stays.
 */
export async function deriveEscalation(staging: Staging): Promise<void> {
  const targets = await readAdminTargets(staging);
  const paths = pathsTo(await readBecomeGraph(staging), targets);
  const scopeOf = await readAdminScopes(staging);
  const evidenceOf = await readEvidence(staging);
  const said = await readSaid(staging);
  const identities = await staging.all<{ uid: string }>('SELECT uid FROM identities ORDER BY uid');
  let batch: Entitlement[] = [];
  for (const { uid } of identities) {
    const path = paths.pathOf(uid);
    const [first] = path?.hops ?? [];
    if (path === null || first === undefined) continue;
    const scopeUid = scopeOf.get(path.hops.at(-1)?.to ?? '') ?? uid;
    if (said.has(`${uid}\n${scopeUid}`)) continue;
    batch.push({
      identityUid: uid,
      capability: 'escalate',
      scopeUid,
      certainty: path.certainty,
      via: evidenceOf.get(stepKey(path, first.via)) ?? [],
    });
    if (batch.length >= BATCH) {
      await staging.write('entitlements', batch);
      batch = [];
    }
  }
  await staging.write('entitlements', batch);
}

async function readSaid(staging: Staging): Promise<Set<string>> {
  const rows = await staging.all<{ identity_uid: string; scope_uid: string }>(
    `SELECT identity_uid, scope_uid FROM entitlements WHERE capability = 'escalate'`,
  );
  return new Set(rows.map((row) => `${row.identity_uid}\n${row.scope_uid}`));
}

/** The scope that each administrator, and each scope's own node, administers. */
async function readAdminScopes(staging: Staging): Promise<Map<Uid, Uid>> {
  const scopes = await staging.all<{ uid: string }>('SELECT uid FROM scopes');
  const admins = await staging.all<{ identity_uid: string; scope_uid: string }>(
    `SELECT identity_uid, min(scope_uid) AS scope_uid FROM entitlements
     WHERE capability = 'admin' AND certainty = 'certain' GROUP BY ALL`,
  );
  return new Map([
    ...scopes.map(({ uid }) => [adminUid(uid), uid] as const),
    ...admins.map((row) => [row.identity_uid, row.scope_uid] as const),
  ]);
}

/** What the steps of identities rest on, by who steps and how. */
async function readEvidence(staging: Staging): Promise<Map<string, readonly Uid[]>> {
  const rows = staging.stream<{ from_uid: string; via: string; evidence: readonly Uid[] }>(
    `SELECT from_uid, via, list_sort(list_distinct(flatten(list(evidence)))) AS evidence
     FROM edges WHERE from_uid IN (SELECT uid FROM identities) GROUP BY from_uid, via`,
  );
  const evidence = new Map<string, readonly Uid[]>();
  for await (const batch of rows)
    for (const row of batch) evidence.set(`${row.from_uid}\n${row.via}`, row.evidence);
  return evidence;
}

function stepKey({ identity }: BecomePath, via: string): string {
  return `${identity}\n${via}`;
}
