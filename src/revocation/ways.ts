import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import type { PlanStep, Way } from './plan.ts';
import type { IdentityRecords } from './read-subjects.ts';

/** An edge of becoming with what it rests on. */
export interface Edge {
  readonly fromUid: Uid;
  readonly toUid: Uid;
  readonly via: string;
  readonly evidence: readonly Uid[];
}

/** The edges from and to an identity. */
export async function edgesOf(reader: Reader, uid: Uid): Promise<Edge[]> {
  return reader.all<Edge & Record<string, unknown>>(
    `SELECT from_uid AS "fromUid", to_uid AS "toUid", via, evidence FROM edges
     WHERE from_uid = $uid OR to_uid = $uid ORDER BY ALL`,
    { uid },
  );
}

/** Every way into an identity and out of it, with the steps that close it. */
export function waysOf(records: IdentityRecords, edges: readonly Edge[], steps: readonly PlanStep[]): Way[] {
  const { identity, credentials, trusts, grants, groupGrants } = records;
  const own = steps.filter((step) => step.identityUid === identity.uid);
  const allAccess = own.filter(({ closes }) => closes === 'all-access').map(({ id }) => id);
  const closing = (...uids: readonly Uid[]) => [
    ...own
      .filter(({ closes, subjectUid }) => closes === 'subject' && uids.includes(subjectUid))
      .map(({ id }) => id),
    ...allAccess,
  ];
  const way = (
    direction: Way['direction'],
    kind: Way['kind'],
    uid: Uid,
    what: string,
    closedBy: readonly string[],
  ): Way => ({ direction, kind, identityUid: identity.uid, uid, what, closedBy });
  const sessions = own.filter(({ closes }) => closes === 'sessions').map(({ id }) => id);
  return [
    ...credentials
      .filter(({ enabled }) => enabled !== false)
      .map(({ uid, kind, name }) => way('in', 'credential', uid, `${kind} ${name}`, closing(uid))),
    ...trusts
      .filter(({ certainty }) => certainty !== 'claimed')
      .map(({ uid, trusted, mechanism }) =>
        way('in', 'trust', uid, `${trusted} by ${mechanism}`, closing(uid)),
      ),
    ...edges
      .filter(({ toUid }) => toUid === identity.uid)
      .map((edge) => way('in', 'become', edge.fromUid, edge.via, closing(...edge.evidence))),
    way('in', 'session', identity.uid, 'sessions and tokens that were issued before', [
      ...sessions,
      ...allAccess,
    ]),
    ...grants.map(({ grant, role }) =>
      way(
        'out',
        'grant',
        grant.uid,
        `${role?.name ?? grant.roleUid} on ${grant.scopeUid}`,
        closing(grant.uid),
      ),
    ),
    ...groupGrants.map(({ grant, role }) =>
      way(
        'out',
        'group-grant',
        grant.uid,
        `${role?.name ?? grant.roleUid} by ${grant.principalUid}`,
        allAccess,
      ),
    ),
    ...edges
      .filter(({ fromUid }) => fromUid === identity.uid)
      .map((edge) => way('out', 'become', edge.toUid, edge.via, closing(...edge.evidence))),
  ];
}
