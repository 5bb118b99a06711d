import type { Owner } from '#model/owner.ts';
import { NO_OWNER_SOURCES, type OwnerSources } from '#model/ownership.ts';
import type { Instant } from '#model/system.ts';
import type { Staging } from '#store/reader.ts';
import { claimsOf, type OwnedIdentity } from './owners/claims.ts';
import { nameReader } from './owners/known-names.ts';
import { peopleCoverage } from './owners/people-coverage.ts';
import { settleStates } from './owners/settle-states.ts';

/** The tags, labels and annotations that name an owner; compared without case and punctuation. */
export const OWNER_KEYS = ['owner', 'owner-team', 'team', 'owned-by', 'maintained-by', 'contact'] as const;

/**
 * Completes `owners`: beside what collectors wrote, a row for every tag and every file that names an owner, and then the
 * state of each row, which takes all of them together. Coverage says whether people and teams were looked up.
 */
export async function deriveOwners(
  staging: Staging,
  asOf: Instant,
  sources: OwnerSources = NO_OWNER_SOURCES,
): Promise<void> {
  await readTags(staging, [...OWNER_KEYS, ...sources.keys]);
  await readFiles(staging, asOf, sources);
  await staging.insertSelect('coverage', COVERAGE_COLUMNS, REGISTERED);
  await settleStates(staging, sources.people);
  await staging.write('coverage', peopleCoverage(sources.people));
}

const COVERAGE_COLUMNS = ['system', 'scope_uid', 'feed', 'call', 'status', 'detail'];

/** A registry of record that names any identity of a system was asked about all of them, whether tags were read or not. */
const REGISTERED = `
  SELECT DISTINCT system, scope_uid, 'owners', 'registry', 'complete', NULL
  FROM identities SEMI JOIN (
    SELECT DISTINCT system FROM owners WHERE source IN ('registry', 'registry:backup')
  ) kept USING (system)`;

/** An address is a person, anything else a team. What a collector said is not said twice. */
async function readTags(staging: Staging, keys: readonly string[]): Promise<void> {
  await staging.insertSelect(
    'owners',
    ['system', 'scope_uid', 'identity_uid', 'owner', 'kind', 'source', 'state'],
    `WITH tag AS (
       SELECT system, scope_uid, uid, unnest(json_keys(tags)) AS key, tags FROM identities WHERE tags <> '{}'::JSON
     ), named AS (
       SELECT system, scope_uid, uid, key, trim(json_extract_string(tags, '$."' || replace(replace(key, '\\', '\\\\'), '"', '\\"') || '"')) AS owner
       FROM tag
       WHERE list_contains($keys, regexp_replace(lower(regexp_extract(key, '[^/]*$')), '[^a-z0-9]', '', 'g'))
     )
     SELECT DISTINCT system, scope_uid, uid, owner,
       CASE WHEN regexp_matches(owner, '^[^@\\s]+@[^@\\s]+$') THEN 'person' ELSE 'team' END, 'tag:' || key, 'declared'
     FROM named
     WHERE owner <> '' AND NOT EXISTS (FROM owners o WHERE o.identity_uid = uid AND lower(o.owner) = lower(named.owner))`,
    {
      keys: keys.map((key) =>
        key
          .slice(key.lastIndexOf('/') + 1)
          .toLowerCase()
          .replaceAll(/[^a-z0-9]/gu, ''),
      ),
    },
  );
}

async function readFiles(staging: Staging, asOf: Instant, sources: OwnerSources): Promise<void> {
  const { registry, catalogue, codeowners, people } = sources;
  if (registry.length + catalogue.length + codeowners.length === 0) return;
  const ask = claimsOf(sources, asOf);
  const read = nameReader(people);
  const owners: Owner[] = [];
  const identities = staging.stream<OwnedIdentity>(
    `SELECT uid, system, scope_uid AS "scopeUid", kind, name, tags,
       coalesce(raw -> '$.annotations', '{}'::JSON) AS annotations
     FROM identities WHERE managed_by = 'customer' ORDER BY uid`,
  );
  for await (const batch of identities) {
    for (const identity of batch) {
      const { system, scopeUid, uid: identityUid } = identity;
      for (const claim of ask(identity)) {
        owners.push({ system, scopeUid, identityUid, kind: read(claim.owner).kind, ...claim });
      }
    }
  }
  await staging.write('owners', owners);
}
