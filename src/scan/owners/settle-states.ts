import type { People } from '#model/ownership.ts';
import type { Staging } from '#store/reader.ts';
import { nameReader } from './known-names.ts';

/**
 * Settles the state of every row of `owners`. Somebody who is not active, or a team without active members, is
 * `owner-left`; a name that an authoritative source does not know is `orphaned`. Of the rest, two independent sources
 * that agree make `corroborated`; two that name different people, or different teams, make `conflicting`. What was only
 * inferred stays so until something declared agrees with it. Whoever the source knows gets the kind that it says.
 */
export async function settleStates(staging: Staging, people: People | null): Promise<void> {
  const rows = await staging.all<{ owner: string }>('SELECT DISTINCT owner FROM owners ORDER BY owner');
  if (rows.length === 0) return;
  const read = nameReader(people);
  const names = rows.map(({ owner }) => ({ owner, ...read(owner) }));
  const settled = names.filter(({ standing }) => standing === 'known' || standing === 'left');
  await staging.update('owners', 'kind', KINDS, {
    owners: settled.map(({ owner }) => owner),
    kinds: settled.map(({ kind }) => kind),
  });
  await staging.update('owners', 'state', STATES, {
    owners: names.map(({ owner }) => owner),
    keys: names.map(({ key }) => key),
    kinds: names.map(({ kind }) => kind),
    standings: names.map(({ standing }) => standing),
  });
}

const KINDS = `
  WITH known AS (SELECT unnest($owners) AS owner, unnest($kinds) AS kind)
  SELECT o.rowid AS row, k.kind AS value FROM owners o JOIN known k USING (owner) WHERE o.kind <> k.kind`;

// A voice is what speaks at once: several owners in one line of a file do not contradict each other. A family is what
// was probably written by the same hand: the tags, labels and annotations of one object corroborate nothing.
const STATES = `
  WITH known AS (
    SELECT unnest($owners) AS owner, unnest($keys) AS key, unnest($kinds) AS kind, unnest($standings) AS standing
  ), said AS (
    SELECT o.rowid AS row, o.identity_uid, o.state, k.key, k.kind, k.standing,
      regexp_replace(o.source, '^registry:backup$', 'registry') AS voice,
      regexp_replace(split_part(o.source, ':', 1), '^(tag|label|annotation)$', 'object') AS family,
      k.standing IN ('known', 'unchecked') AND o.state NOT IN ('orphaned', 'owner-left') AS stands,
      o.state <> 'inferred' AS declared
    FROM owners o JOIN known k USING (owner)
  ), agreed AS (
    SELECT identity_uid, key FROM said WHERE stands
    GROUP BY identity_uid, key HAVING count(DISTINCT family) > 1 AND bool_or(declared)
  ), voices AS (
    SELECT identity_uid, kind, voice, list(DISTINCT key) AS keys FROM said WHERE stands AND declared GROUP BY ALL
  ), torn AS (
    SELECT DISTINCT a.identity_uid, a.kind
    FROM voices a JOIN voices b ON a.identity_uid = b.identity_uid AND a.kind = b.kind AND a.voice < b.voice
    WHERE NOT list_has_any(a.keys, b.keys)
  )
  SELECT row, CASE
      WHEN standing = 'left' THEN 'owner-left'
      WHEN standing = 'stranger' THEN 'orphaned'
      WHEN NOT stands THEN said.state
      WHEN declared AND torn.kind IS NOT NULL THEN 'conflicting'
      WHEN agreed.key IS NOT NULL THEN 'corroborated'
      WHEN declared THEN 'declared'
      ELSE 'inferred'
    END AS value
  FROM said LEFT JOIN agreed USING (identity_uid, key) LEFT JOIN torn USING (identity_uid, kind)`;
