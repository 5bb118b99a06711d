import { observe, type Observation } from '#model/record.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';

/** A coverage row of this system. */
export function coverageRow(
  scopeUid: Uid | null,
  feed: Feed | null,
  call: string,
  status: Coverage['status'],
  detail: string | null,
): Observation {
  const row = { scopeUid, feed, call, status, detail, missingPermission: null };
  return observe('coverage', { system: 'gcp', ...row });
}

/** What Google tells nobody, or not by any API that is read, for a scope. */
export function* neverRead(scopeUid: Uid, kind: string, knowsGroups: boolean): Generator<Observation> {
  const skipped = (feed: Feed, call: string, detail: string) =>
    coverageRow(scopeUid, feed, call, 'skipped', detail);
  if (!knowsGroups)
    yield skipped('groups', 'cloudidentity', 'who is in the groups that policies name is not known');
  yield skipped(
    'owners',
    'owners',
    'service accounts have no labels: the registry or catalogue of owners tells them',
  );
  yield skipped('resource-policies', 'resource-policies', 'allow policies of resources are read as grants');
  if (kind === 'project') {
    const detail = 'which accounts a Workspace domain delegates to stands in its admin console alone';
    yield skipped('trusts', 'domain-wide-delegation', detail);
  }
}
