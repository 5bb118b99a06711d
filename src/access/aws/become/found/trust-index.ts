import type { Uid } from '#model/system.ts';
import { isAccountId, isServiceLinkedRole, parseArn } from '../../arn.ts';
import type { Condition } from '../../condition/parse.ts';
import type { Estate } from '../../estate.ts';
import type { Statement } from '../../statement.ts';
import { isPersonal } from '../asking/bearing.ts';
import { candidates, fitting, type Candidates } from '../asking/candidates.ts';
import { trustStatements } from './trusted-services.ts';
import type { View } from '../asking/views.ts';

/** Whom the trust policies of the records' roles name, as far as `sts:AssumeRole` goes. */
export interface TrustIndex {
  /** The roles that name somebody of the records, by who it is; the engine says whether it may. */
  readonly byPrincipal: ReadonlyMap<Uid, ReadonlySet<Uid>>;
  /** The roles that trust an account, or everybody, by the account, apart by whether it matters who asks. */
  readonly byAccount: ReadonlyMap<string, TrustingAccount>;
  /** What trusts those who are not in the records, or whole accounts. */
  readonly outside: readonly OutsideTrust[];
}

/** The roles that whoever is in an account may be trusted by, each in one of these. */
export interface TrustingAccount {
  /** To which it is all the same who asks. */
  readonly alike: Set<Uid>;
  /** The same, of the account itself and trusting everybody: nobody there needs a permission. */
  readonly open: Set<Uid>;
  /** Whose statements ask who it is. */
  readonly asking: Map<Uid, AskingTrust>;
  /** Which also deny, leave somebody out, or let in some of those without a permission and more of those with one. */
  readonly byName: Set<Uid>;
}

/** The statements of a trust policy that ask who it is, and whether all let everybody of the account in. */
export interface AskingTrust {
  readonly statements: readonly Statement[];
  readonly isOpen: boolean;
}

/** A statement of a role's trust policy, and one whom it names. */
export interface OutsideTrust {
  readonly roleUid: Uid;
  readonly trusted:
    | { readonly kind: 'everybody' }
    | { readonly kind: 'account'; readonly account: string }
    | { readonly kind: 'principal'; readonly arn: Uid };
  readonly statement: Statement;
  /** Whether the policy denies something, too, so that nothing of it is sure. */
  readonly isDenying: boolean;
}

/** Reads every trust policy once. Roles linked to services are left out: nobody but the service becomes them. */
export function indexTrusts(view: View, accounts: ReadonlySet<string>): TrustIndex {
  const { estate } = view;
  const byPrincipal = new Map<Uid, Set<Uid>>();
  const byAccount = new Map<string, TrustingAccount>();
  const outside: OutsideTrust[] = [];
  const byProviderId = new Map(
    [...estate.identities.values()].map(({ uid, providerId }) => [providerId, uid]),
  );
  const everybody = identitiesByAccount(estate);
  const name = (principal: Uid, role: Uid): unknown =>
    byPrincipal.set(principal, (byPrincipal.get(principal) ?? new Set()).add(role));
  for (const { uid: roleUid, kind } of estate.identities.values()) {
    if (kind !== 'iam-role' || isServiceLinkedRole(roleUid)) continue;
    const statements = trustStatements(view, roleUid);
    const isDenying = statements.some(({ effect }) => effect !== 'Allow');
    const home = parseArn(roleUid)?.account ?? '';
    const toAccount = new Map<string, AccountTrust[]>();
    const trustAccount = (account: string, statement: Statement, isOpen: boolean): void => {
      const list = toAccount.get(account);
      const trust = { statement, isOpen: isOpen && account === home };
      if (list === undefined) toAccount.set(account, [trust]);
      else list.push(trust);
    };

    for (const statement of statements) {
      const { effect, principals } = statement;
      if (effect === 'Deny' || principals === null) continue;
      const add = (trusted: OutsideTrust['trusted']): unknown =>
        outside.push({ roleUid, trusted, statement, isDenying });
      const entries = principals.negated || principals.isVague ? ['*'] : principals.aws;
      for (const entry of entries) {
        if (entry === '*') {
          add({ kind: 'everybody' });
          for (const account of accounts) trustAccount(account, statement, true);
          continue;
        }
        const account = accountNamed(entry);
        if (account !== null) {
          if (accounts.has(account)) trustAccount(account, statement, false);
          if (account !== home) add({ kind: 'account', account });
          continue;
        }
        const known = knownIdentity(estate, entry) ?? byProviderId.get(entry);
        if (known !== undefined) name(known, roleUid);
        else if (isOutside(entry, accounts)) add({ kind: 'principal', arn: entry });
      }
    }
    for (const [account, trusts] of toAccount) {
      const members = everybody.get(account);
      const named = trusts.map(({ statement }) => callersNamed(statement));
      for (const pattern of named.flatMap((patterns) => patterns ?? []))
        if (members !== undefined) for (const uid of fitting(members, pattern)) name(uid, roleUid);
      if (!isDenying && named.every((patterns) => patterns !== null)) continue;
      const lists = byAccount.get(account) ?? emptyLists();
      byAccount.set(account, lists);
      classify(lists, roleUid, trusts, isDenying);
    }
  }
  return { byPrincipal, byAccount, outside };
}

/** A statement that trusts an account, or everybody in it without their having a permission. */
interface AccountTrust {
  readonly statement: Statement;
  readonly isOpen: boolean;
}

function emptyLists(): TrustingAccount {
  return { alike: new Set(), open: new Set(), asking: new Map(), byName: new Set() };
}

function classify(
  { alike, open, asking, byName }: TrustingAccount,
  roleUid: Uid,
  trusts: readonly AccountTrust[],
  isDenying: boolean,
): void {
  const statements = trusts.map(({ statement }) => statement);
  const isOpen = trusts.every((trust) => trust.isOpen);
  const isMixed = !isOpen && trusts.some((trust) => trust.isOpen);
  const isNegated = statements.some(({ principals }) => principals?.negated !== false);
  if (isDenying || isMixed || isNegated) byName.add(roleUid);
  else if (statements.some(isPersonal)) asking.set(roleUid, { statements, isOpen });
  else if (isOpen) open.add(roleUid);
  else alike.add(roleUid);
}

/** The account that an entry stands for as a whole; null: it is somebody in particular. */
function accountNamed(entry: string): string | null {
  if (isAccountId(entry)) return entry;
  const arn = parseArn(entry);
  return arn?.service === 'iam' && arn.resource === 'root' ? arn.account : null;
}

/** The user or role that an entry names, itself or by one of its sessions. */
function knownIdentity(estate: Estate, entry: string): Uid | undefined {
  if (estate.identities.has(entry)) return entry;
  const arn = parseArn(entry);
  const [type, roleName] = arn?.resource.split('/') ?? [];
  if (arn?.service !== 'sts' || type !== 'assumed-role') return undefined;
  return estate.rolesByName.get(`${arn.account}/${roleName}`)?.uid;
}

/** Somebody of an account of the records who is not in them is gone; so is whoever a unique id stands for. */
function isOutside(entry: string, accounts: ReadonlySet<string>): boolean {
  const arn = parseArn(entry);
  return arn !== null && isAccountId(arn.account) && !accounts.has(arn.account);
}

/** The ARNs to which conditions hold the caller; null: to none that can be looked up. */
function callersNamed({ conditions }: Statement): readonly Condition['operands'][number]['pattern'][] | null {
  const named = conditions.find(
    ({ lowerKey, name }) =>
      lowerKey === 'aws:principalarn' &&
      /^(?:ForAnyValue:)?(?:String(?:Equals|Like)|Arn(?:Equals|Like))$/iu.test(name),
  );
  return named === undefined ? null : named.operands.map(({ pattern }) => pattern);
}

function identitiesByAccount(estate: Estate): Map<string, Candidates> {
  const uids = new Map<string, Uid[]>();
  for (const { uid } of estate.identities.values()) {
    const account = parseArn(uid)?.account ?? '';
    const known = uids.get(account);
    if (known === undefined) uids.set(account, [uid]);
    else known.push(uid);
  }
  return new Map(Array.from(uids, ([account, all]) => [account, candidates(`${account} identities`, all)]));
}
