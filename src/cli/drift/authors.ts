import type { Author, Cause, Change, ExplainedChange } from '#model/drift.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { grouped } from './grouped.ts';

/** Who made a change, by what the logs of a snapshot tell. */
export type AuthorsOf = (
  change: Change,
  causes: readonly Cause[],
) => Pick<ExplainedChange, 'by' | 'byNotKnown'>;

/** More are no answer. */
const NAMED = 3;

/** Reads the logged changes of a snapshot that were made after `since`; null: all of them. */
export async function authorsIn(
  reader: Reader,
  { since }: { readonly since: Instant | null },
): Promise<AuthorsOf> {
  const writes = await reader.all<Author & { objectUid: Uid }>(
    `SELECT object_uid AS "objectUid", actor, written_at AS "at", action, source FROM logged_writes
     WHERE $since::VARCHAR IS NULL OR written_at > $since::TIMESTAMP ORDER BY written_at DESC, actor, action`,
    { since },
  );
  const byObject = grouped(writes, ({ objectUid }) => objectUid);
  const makers = await makersIn(reader);
  const logs = await logsIn(reader);
  return (change, causes) => {
    const found = objectsOf(change, causes).flatMap((uid) => byObject.get(uid) ?? []);
    const by = found.length > 0 ? latest(found) : makers(change);
    return { by, byNotKnown: by.length > 0 ? null : whyNot(change, logs) };
  };
}

/** The objects whose change it can come of. */
function objectsOf({ kind, identityUid, key }: Change, causes: readonly Cause[]): Uid[] {
  if (kind === 'credential') return [key];
  if (causes.length === 0) return [identityUid];
  const uids = causes.flatMap((cause) => {
    switch (cause.kind) {
      case 'grant':
        // The subjects of a binding of Kubernetes are changed with it.
        return [cause.uid, cause.uid.split('#')[0] ?? cause.uid];
      case 'trust':
        return [cause.uid.split(' trusts ')[0] ?? cause.uid];
      case 'role':
      case 'guardrail':
        return [cause.uid];
    }
  });
  return [...new Set(uids)];
}

function latest(found: readonly Author[]): Author[] {
  const authors = found.map(({ actor, at, action, source }): Author => ({ actor, at, action, source }));
  const distinct = new Map(authors.map((author) => [JSON.stringify(author), author]));
  return [...distinct.values()]
    .toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : (a.at ?? '') > (b.at ?? '') ? -1 : 0))
    .slice(0, NAMED);
}

/** Who made identities and access keys, as the owners that logs told: for what was not there before. */
async function makersIn(reader: Reader): Promise<(change: Change) => Author[]> {
  const rows = await reader.all<{ identityUid: Uid; owner: string; source: string }>(
    `SELECT DISTINCT identity_uid AS "identityUid", owner, source FROM owners
     WHERE starts_with(source, 'cloudtrail:') ORDER BY ALL`,
  );
  const events: Partial<Record<Change['kind'], RegExp>> = {
    identity: /^cloudtrail:Create(?:User|Role)$/u,
    credential: /^cloudtrail:CreateAccessKey$/u,
  };
  const byIdentity = grouped(rows, ({ identityUid }) => identityUid);
  return ({ kind, identityUid, before }) => {
    const event = events[kind];
    if (event === undefined || before !== null) return [];
    return (byIdentity.get(identityUid) ?? [])
      .filter(({ source }) => event.test(source))
      .map(({ owner, source }) => {
        return {
          actor: owner,
          at: null,
          action: source.replace('cloudtrail:', ''),
          source: 'aws:cloudtrail',
        };
      });
  };
}

/** The logs that were collected, by system. */
async function logsIn(reader: Reader): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await reader.all<{ system: string; sources: string[] }>(
    `SELECT system, list_sort(list(DISTINCT source)) AS sources FROM (
       SELECT system, source FROM logged_writes
       UNION ALL SELECT system, source FROM usages WHERE source = 'kubernetes:audit-log'
       UNION ALL SELECT system, 'aws:cloudtrail' FROM owners WHERE starts_with(source, 'cloudtrail:')
     ) GROUP BY system`,
  );
  return new Map(rows.map(({ system, sources }) => [system, sources]));
}

function whyNot({ identityUid }: Change, logs: ReadonlyMap<string, readonly string[]>): string {
  const system = systemOf(identityUid);
  const sources = logs.get(system) ?? [];
  return sources.length === 0
    ? `no log of ${NAMES[system]} was collected`
    : `${sources.join(' and ')} tells no change of it in that time`;
}

const NAMES = { aws: 'AWS', azure: 'Azure', gcp: 'Google Cloud', kubernetes: 'Kubernetes' } as const;

/** What is gone is in no table any more: its uid tells. */
function systemOf(uid: Uid): keyof typeof NAMES {
  if (/^(?:arn:|aws:|saml:)/u.test(uid)) return 'aws';
  if (uid.startsWith('k8s:')) return 'kubernetes';
  return uid.startsWith('gcp:') || uid.startsWith('//') ? 'gcp' : 'azure';
}
