import type { Uid } from '#model/system.ts';
import { adminUid, awsAccountUid, waypointUid } from '#model/uid.ts';
import { parseArn } from '../arn.ts';
import { boundaryOf, identityPolicies } from '../policy-source.ts';
import type { Statement } from '../statement.ts';
import { actorOf } from './actor.ts';
import { isPersonal, organizationDocuments } from './bearing.ts';
import { newcomerUid, type Change, type View, type Views } from './views.ts';

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
export function raisedIn(views: Views): Raised {
  const known = new Map<string, Uid>();
  const waiting: Variant[] = [];
  const administer = new Map<string, boolean>();
  const limitsOf = limitKeys(views.asIs);
  /** Those with the same limits, if only none, get equally far when they are given everything. */
  const isAdmin = (uid: Uid, change: Change, what: string): boolean => {
    const view = views.after(change);
    const limits = change.raised ? limitsOf(view, uid) : null;
    const key = `${what} ${limits ?? uid}`;
    const does = administer.get(key) ?? actorOf(view, uid, uid, change)?.administers === 'certain';
    administer.set(key, does);
    return does;
  };
  const nodeOf: Raised['nodeOf'] = (uid, change) => {
    const what = `${change.raised ? 'raised' : 'as-is'},${change.bounded ? 'bounded' : 'unbounded'}`;
    const before = known.get(`${what} ${uid}`);
    if (before !== undefined) return before;
    const account = awsAccountUid(parseArn(uid)?.account ?? '');
    const isAll = isAdmin(uid, change, what);
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

/**
 * Names what limits an identity: its boundary, what its policies deny, its account's organisation. null: something of
 * that asks who it is.
 */
function limitKeys({ estate }: View): (view: View, uid: Uid) => string | null {
  const numbers = new WeakMap<Statement, number>();
  let count = 0;
  const asking = new Map<string, boolean>();
  const asksWho = (account: string): boolean => {
    const known =
      asking.get(account) ??
      organizationDocuments(estate, account).some(({ statements }) => statements.some(isPersonal));
    asking.set(account, known);
    return known;
  };
  const numberOf = (statement: Statement): number => {
    const number = numbers.get(statement) ?? (count += 1);
    numbers.set(statement, number);
    return number;
  };
  return (view, uid) => {
    const account = parseArn(uid)?.account ?? '';
    const boundary = boundaryOf(view.estate, uid);
    const denials = identityPolicies(view.estate, uid).map(({ document }) =>
      document === null || document.problem !== null
        ? null
        : document.statements.filter(({ effect }) => effect !== 'Allow'),
    );
    const limiting = [...denials.flatMap((found) => found ?? []), ...(boundary?.document?.statements ?? [])];
    if (asksWho(account) || limiting.some(isPersonal)) return null;
    const keys = denials.map((found) => found?.map(numberOf).join(',') ?? '!').filter((key) => key !== '');
    return [account, boundary?.uid ?? '', ...keys.toSorted()].join(' ');
  };
}
