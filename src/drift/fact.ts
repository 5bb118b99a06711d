import type { FactKind } from '#model/drift.ts';
import type { Uid } from '#model/system.ts';

/**
 * Something that is so: `key` names it within its kind and identity, the same in every snapshot and whatever the order,
 * the uids or the names behind it; `value` is what can change about it.
 */
export interface Fact {
  readonly kind: FactKind;
  /** The identity that it is about; for guardrails and open grants, what they limit or give. */
  readonly identityUid: Uid;
  readonly key: string;
  readonly value: string;
}

/**
 * The facts of one kind in one snapshot, as SQL with the columns identity_uid, key and value. `from` goes before the
 * tables: `before.`, `after.` or nothing.
 */
export function factsSql(kind: FactKind, from: string): string {
  switch (kind) {
    case 'identity':
      return `SELECT uid AS identity_uid, uid AS key, ${ENABLED} AS value FROM ${from}identities`;
    case 'credential':
      return `SELECT identity_uid, uid AS key, ${ENABLED} AS value FROM ${from}credentials`;
    case 'entitlement':
      return `SELECT identity_uid, capability || ' on ' || scope_uid AS key, certainty AS value FROM ${from}entitlements`;
    case 'edge':
      // Several ways of the same kind are one fact, as sure as the surest. Who is among those that a waypoint stands for
      // is no access of anybody's: that they are there is a fact of its own.
      return `SELECT from_uid AS identity_uid, 'becomes ' || to_uid || ' by ' || via AS key, min(certainty) AS value
        FROM ${from}edges WHERE NOT starts_with(from_uid, 'waypoint:') GROUP BY ALL`;
    case 'trust':
      return `SELECT DISTINCT identity_uid, 'trusts ' || trusted || ' by ' || mechanism
          || CASE WHEN condition IS NULL THEN '' ELSE ' if ' || condition::VARCHAR END AS key,
          CASE certainty WHEN 'claimed' THEN 'claimed' ELSE 'trusted' END AS value
        FROM ${from}trusts`;
    case 'guardrail':
      return `SELECT g.target_uid AS identity_uid, g.kind AS key,
          string_agg(coalesce(r.document, g.document)::VARCHAR, chr(10) ORDER BY coalesce(r.document, g.document)::VARCHAR) AS value
        FROM ${from}guardrails g LEFT JOIN ${from}roles r ON r.uid = g.role_uid GROUP BY ALL`;
    case 'open-grant':
      return `SELECT DISTINCT g.principal_uid AS identity_uid,
          coalesce(r.name, g.role_uid) || ' on ' || coalesce(g.resource_uid, g.scope_uid)
            || CASE WHEN g.condition IS NULL THEN '' ELSE ' if ' || g.condition::VARCHAR END AS key,
          md5(coalesce(r.document::VARCHAR, '')) AS value
        FROM ${from}grants g LEFT JOIN ${from}roles r ON r.uid = g.role_uid
        WHERE g.principal_kind IN ('everyone', 'external')`;
  }
}

const ENABLED = `CASE WHEN enabled IS NULL THEN 'not known' WHEN enabled THEN 'enabled' ELSE 'disabled' END`;

/** A name for a fact that no other has. */
export function factId({ kind, identityUid, key }: Pick<Fact, 'kind' | 'identityUid' | 'key'>): string {
  return JSON.stringify([kind, identityUid, key]);
}
