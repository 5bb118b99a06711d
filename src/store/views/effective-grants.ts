import { json, optionalText, text } from '../columns.ts';
import type { View } from '../views.ts';

export const effectiveGrants: View = {
  name: 'effective_grants',
  about:
    'Every grant that an identity holds, by itself or through groups in groups to any depth. One row for each identity, grant and group that the grant names.',
  columns: {
    identity_uid: text('Who holds it (`identities.uid`; the identity may be missing, which is a finding).'),
    grant_uid: text('The grant (`grants.uid`).'),
    role_uid: text('What is held (`roles.uid`).'),
    scope_uid: text('Where the rights apply (`scopes.uid`).'),
    kind: text('The kind of the grant.'),
    state: text('`active`, or `eligible` where it can be activated and is not held now.'),
    condition: json('The condition under which it holds, in the system’s own form; NULL: none.'),
    resource_uid: optionalText('The one resource that it is limited to; NULL: the whole scope.'),
    via_group: optionalText('The group that the grant names (`groups.uid`); NULL: it names the identity.'),
  },
  // Only groups in groups are followed step by step, and those are few: UNION ends at cycles. The one wide join with
  // the members comes last, where a condition on one identity reaches it.
  sql: `
    WITH RECURSIVE above(group_uid, holder_uid) AS (
      SELECT DISTINCT group_uid, group_uid FROM memberships
      UNION
      SELECT above.group_uid, m.group_uid
      FROM above JOIN memberships m ON m.member_kind = 'group' AND m.member_uid = above.holder_uid
    ),
    members AS (
      SELECT DISTINCT m.member_uid AS identity_uid, above.holder_uid
      FROM memberships m JOIN above USING (group_uid) WHERE m.member_kind = 'identity'
    )
    SELECT principal_uid AS identity_uid, uid AS grant_uid, role_uid, scope_uid, kind, state, condition, resource_uid,
      NULL::VARCHAR AS via_group
    FROM grants WHERE principal_kind = 'identity'
    UNION ALL
    SELECT members.identity_uid, g.uid, g.role_uid, g.scope_uid, g.kind, g.state, g.condition, g.resource_uid,
      members.holder_uid
    FROM grants g JOIN members ON members.holder_uid = g.principal_uid WHERE g.principal_kind = 'group'`,
};
