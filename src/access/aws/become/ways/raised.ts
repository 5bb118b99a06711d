import type { Uid } from '#model/system.ts';
import { adminUid, awsAccountUid, waypointUid } from '#model/uid.ts';
import { parseArn } from '../../arn.ts';
import { boundaryOf, identityPolicies } from '../../policy-source.ts';
import { actorOf } from '../asking/actor.ts';
import type { Powers } from '../asking/powers.ts';
import { newcomerUid, type Change, type View, type Views } from '../asking/views.ts';

/** Somebody as it would be after a change of its policies or its boundary. */
export interface Variant {
  readonly node: Uid;
  readonly uid: Uid;
  readonly view: View;
  readonly change: Change;
}

/** What identities become when what they hold is changed. */
export interface Raised {
  /**
   * The node of an identity after the change: full control over its account where that is what it then surely has, else
   * a waypoint from which its own ways on go.
   */
  readonly nodeOf: (uid: Uid, change: Change) => Uid;
  /** The node of a new role of the account that is given everything. */
  readonly newcomerNode: (partition: string, account: string) => Uid;
  /** The variants whose waypoints were handed out and not taken yet. */
  readonly take: () => readonly Variant[];
}

/** Works out what changes lead to; every identity and change once. */
export function raisedIn(views: Views, powers: Powers): Raised {
  const known = new Map<string, Uid>();
  const waiting: Variant[] = [];
  const nodeOf: Raised['nodeOf'] = (uid, change) => {
    const what = `${change.raised ? 'raised' : 'as-is'},${change.bounded ? 'bounded' : 'unbounded'}`;
    const before = known.get(`${what} ${uid}`);
    if (before !== undefined) return before;
    const account = awsAccountUid(parseArn(uid)?.account ?? '');
    const actor = actorOf(views.after(change), uid, uid, change);
    const isAll = actor !== null && powers.administers(actor) === 'certain';
    const node = isAll ? adminUid(account) : waypointUid(account, `${what}:${uid}`);
    if (!isAll) waiting.push({ node, uid, view: views.after(change), change });
    known.set(`${what} ${uid}`, node);
    return node;
  };
  return {
    nodeOf,
    newcomerNode: (partition, account) =>
      nodeOf(newcomerUid(partition, account), { raised: true, bounded: true }),
    take: () => waiting.splice(0),
  };
}

/** Whether nothing of the identity itself takes away from what it is given. */
export function isUnlimited({ estate }: View, uid: Uid): boolean {
  return (
    boundaryOf(estate, uid) === null &&
    identityPolicies(estate, uid).every(
      ({ document }) =>
        document !== null &&
        document.problem === null &&
        document.statements.every(({ effect }) => effect === 'Allow'),
    )
  );
}
