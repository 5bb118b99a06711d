import type { Staging } from '#store/reader.ts';

/** The tags, labels and annotations that name an owner, best first; compared without case and punctuation. */
export const OWNER_KEYS = ['owner', 'owner-team', 'team', 'owned-by', 'maintained-by', 'contact'] as const;

/**
 * Writes `owners` from the tags of identities, beside what collectors wrote: every tag that names an owner is a row, `declared`; where two name
 * different people, or different teams, the rows are `conflicting`. An address is a person, anything else a team.
 */
export async function deriveOwners(staging: Staging, keys: readonly string[] = OWNER_KEYS): Promise<void> {
  await staging.insertSelect(
    'owners',
    ['system', 'scope_uid', 'identity_uid', 'owner', 'kind', 'source', 'state'],
    `WITH tag AS (
       SELECT system, scope_uid, uid, unnest(json_keys(tags)) AS key, tags FROM identities WHERE tags <> '{}'::JSON
     ), named AS (
       SELECT system, scope_uid, uid, key, trim(json_extract_string(tags, '$."' || replace(key, '"', '\\"') || '"')) AS owner
       FROM tag
       WHERE list_contains($keys, regexp_replace(lower(regexp_extract(key, '[^/]*$')), '[^a-z0-9]', '', 'g'))
     ), said AS (
       SELECT DISTINCT *, CASE WHEN regexp_matches(owner, '^[^@\\s]+@[^@\\s]+$') THEN 'person' ELSE 'team' END AS kind
       FROM named WHERE owner <> ''
     ), counted AS (SELECT uid, kind, count(DISTINCT lower(owner)) AS names FROM said GROUP BY ALL)
     SELECT system, scope_uid, uid, owner, kind, 'tag:' || key, CASE WHEN names > 1 THEN 'conflicting' ELSE 'declared' END
     FROM said JOIN counted USING (uid, kind)
     WHERE NOT EXISTS (FROM owners o WHERE o.identity_uid = said.uid AND lower(o.owner) = lower(said.owner))`,
    { keys: keys.map((key) => key.toLowerCase().replaceAll(/[^a-z0-9]/gu, '')) },
  );
}
