import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { bindingOf } from './kubernetes/manifests.ts';
import type { Proposal } from './proposal.ts';

/** Which addresses or files stand behind what an identity can do, sorted; empty: none of them is about it. */
export type SourcesOf = (identityUid: Uid) => readonly string[];

/** Joins identities to the code: what describes or trusts them, the grants that they and their groups hold, and the roles of these. */
export async function sourcesIn(states: readonly Reader[], proposal: Proposal): Promise<SourcesOf> {
  const uids = [...proposal.sources.keys()];
  const found = new Map<Uid, Set<string>>();
  const add = (identityUid: Uid, source: string | undefined): void => {
    if (source === undefined) return;
    found.set(identityUid, (found.get(identityUid) ?? new Set()).add(source));
  };
  for (const reader of states) {
    const rows = reader.stream<{ identity_uid: Uid; uid: Uid; role_uid: Uid | null }>(
      `WITH RECURSIVE named AS (SELECT unnest($uids) AS uid),
       touched AS (
         SELECT g.principal_uid, g.uid, g.role_uid FROM grants g
         WHERE g.uid IN (FROM named) OR g.role_uid IN (FROM named) OR split_part(g.uid, '#', 1) IN (FROM named)),
       holders(principal_uid, uid, role_uid) AS (
         SELECT * FROM touched UNION
         SELECT m.member_uid, h.uid, h.role_uid FROM holders h JOIN memberships m ON m.group_uid = h.principal_uid)
       SELECT principal_uid AS identity_uid, uid, role_uid FROM holders
       UNION SELECT target_uid, uid, role_uid FROM guardrails WHERE uid IN (FROM named) OR role_uid IN (FROM named)
       UNION SELECT identity_uid, uid, NULL FROM trusts WHERE uid IN (FROM named)
       UNION SELECT identity_uid, uid, NULL FROM credentials WHERE uid IN (FROM named)`,
      { uids },
    );
    for await (const batch of rows) {
      for (const { identity_uid: identityUid, uid, role_uid: roleUid } of batch) {
        add(identityUid, proposal.sources.get(uid) ?? proposal.sources.get(bindingOf(uid)));
        add(identityUid, proposal.sources.get(roleUid ?? ''));
      }
    }
  }
  for (const [uid, source] of proposal.sources) add(uid, source);
  return (identityUid) => [...(found.get(identityUid) ?? [])].toSorted();
}
