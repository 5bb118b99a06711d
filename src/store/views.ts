/** A view of a snapshot, derived from its tables whenever it is asked. */
export interface View {
  readonly name: string;
  readonly about: string;
  /** What each column says, by column name, in the view's order. */
  readonly columns: Readonly<Record<string, string>>;
  readonly sql: string;
}

const effectiveGrants: View = {
  name: 'effective_grants',
  about:
    'Every grant that an identity holds, directly or through groups in groups to any depth. One row for each identity, grant and group through which it comes.',
  columns: {
    identity_uid: 'Who holds it (`identities.uid`).',
    grant_uid: 'The grant (`grants.uid`).',
    role_uid: 'What is held (`roles.uid`).',
    scope_uid: 'Where the rights apply (`scopes.uid`).',
    kind: 'The kind of the grant.',
    state: '`active` or `eligible`.',
    condition: 'The condition under which it holds; NULL: none.',
    resource_uid: 'The one resource that it is limited to; NULL: the whole scope.',
    via_group: 'The group that the grant names (`groups.uid`); NULL: it names the identity itself.',
  },
  sql: `
    WITH RECURSIVE member(identity_uid, group_uid) AS (
      SELECT member_uid, group_uid FROM memberships WHERE member_kind = 'identity'
      UNION
      SELECT member.identity_uid, above.group_uid
      FROM member JOIN memberships above ON above.member_uid = member.group_uid AND above.member_kind = 'group'
    )
    SELECT principal_uid AS identity_uid, uid AS grant_uid, role_uid, scope_uid, kind, state, condition, resource_uid,
      NULL::VARCHAR AS via_group
    FROM grants WHERE principal_kind = 'identity'
    UNION ALL
    SELECT member.identity_uid, g.uid, g.role_uid, g.scope_uid, g.kind, g.state, g.condition, g.resource_uid,
      member.group_uid
    FROM grants g JOIN member ON member.group_uid = g.principal_uid WHERE g.principal_kind = 'group'`,
};

const identityUsage: View = {
  name: 'identity_usage',
  about:
    'What all sources together say about the use of an identity. One row for each identity with any evidence: an identity without a row was not measured.',
  columns: {
    identity_uid: 'The identity (`identities.uid`).',
    last_used_at:
      'The latest use that any source saw, of the identity or of one of its credentials; NULL: none seen.',
    window_start: 'From when on the first source looked; NULL where none says.',
    window_end: 'Until when the last source looked; NULL where none says.',
    sources: 'The sources, sorted.',
    blind_spots: 'What some source cannot see, sorted.',
  },
  sql: `
    SELECT identity_uid, max(last_used_at) AS last_used_at, min(window_start) AS window_start,
      max(window_end) AS window_end, list_sort(list_distinct(list(source))) AS sources,
      list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
    FROM (
      SELECT identity_uid, last_used_at, window_start, window_end, source, blind_spots FROM usages
      WHERE subject <> 'permission' OR last_used_at IS NOT NULL
      UNION ALL
      SELECT identity_uid, last_used_at, NULL, NULL, 'credential:' || kind, []::VARCHAR[] FROM credentials
      WHERE last_used_evidence <> 'none'
    )
    GROUP BY identity_uid`,
};

/** Every view, in the order in which they are created. */
export const VIEWS: readonly View[] = [effectiveGrants, identityUsage];
