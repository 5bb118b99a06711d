import { adminTargets, graphBuilder, type Graph, type PathEdge } from '#access/reach/index.ts';
import type { Entitlement } from '#model/entitlement.ts';
import type { Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** Who can become whom, over all systems of a snapshot. */
export async function readBecomeGraph(reader: Reader): Promise<Graph> {
  const builder = graphBuilder();
  const edges = reader.stream<PathEdge>(
    'SELECT from_uid AS "fromUid", to_uid AS "toUid", via, permissions, certainty FROM edges',
  );
  for await (const batch of edges) for (const edge of batch) builder.add(edge);
  return builder.build();
}

/** The nodes of that graph that are administrators of something that nothing contains. */
export async function readAdminTargets(reader: Reader): Promise<Set<Uid>> {
  const scopes = await reader.all<Pick<Scope, 'uid' | 'system' | 'kind'>>(
    'SELECT uid, system, kind FROM scopes',
  );
  const admins = await reader.all<Pick<Entitlement, 'identityUid' | 'capability' | 'scopeUid' | 'certainty'>>(
    `SELECT identity_uid AS "identityUid", capability, scope_uid AS "scopeUid", certainty
     FROM entitlements WHERE capability = 'admin'`,
  );
  return adminTargets(scopes, admins);
}
