import type { Json, Uid } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import { globMatches } from '../policies/glob.ts';
import type { Statement } from '../policies/statements.ts';
import { EVERYONE, readPrincipals, type Mechanism, type TrustedPrincipal } from './principals.ts';

/** Whose trust policy it is, and which accounts belong to the same owner. */
export interface TrustingRole {
  readonly arn: Uid;
  readonly scopeUid: Uid;
  readonly ownAccounts: ReadonlySet<string>;
}

/** The trusts of a role, and what of its trust policy is not understood. */
export interface ReadTrusts {
  readonly trusts: readonly Trust[];
  readonly problems: readonly string[];
}

/**
 * One trust for every statement that allows, principal and action by which that principal can become the role. Where
 * the policy denies too, no trust is certain.
 */
export function readTrusts(role: TrustingRole, statements: readonly Statement[]): ReadTrusts {
  const trusts: Trust[] = [];
  const problems: string[] = [];
  const uids = new Map<string, number>();
  statements.forEach((statement, at) => {
    if (statement.effect === 'Deny') return;
    const read = principalsOf(statement);
    problems.push(...read.problems.map((problem) => `Statement[${at}].${problem}`));
    for (const principal of read.principals) {
      for (const mechanism of principal.mechanisms.filter((action) => names(statement, action))) {
        const plain = `${role.arn}<-${principal.trusted}/${mechanism}`;
        const times = (uids.get(plain) ?? 0) + 1;
        uids.set(plain, times);
        const denied = statements.some((other) => other.effect === 'Deny' && names(other, mechanism));
        trusts.push({
          uid: times === 1 ? plain : `${plain}#${times}`,
          system: 'aws',
          scopeUid: role.scopeUid,
          identityUid: role.arn,
          trusted: principal.trusted,
          trustedKind: principal.kind,
          mechanism,
          condition: statement.condition,
          external: isExternal(principal, statement.condition, role.ownAccounts),
          certainty: statement.condition === null && !denied ? 'certain' : 'conditional',
          raw: statement.notPrincipal === null ? null : { NotPrincipal: statement.notPrincipal },
        });
      }
    }
  });
  return { trusts, problems };
}

/** Allow with NotPrincipal trusts everybody but those that it names. */
function principalsOf({ principal, notPrincipal }: Statement): ReturnType<typeof readPrincipals> {
  if (principal !== null) return readPrincipals(principal);
  if (notPrincipal !== null) return { principals: [EVERYONE], problems: [] };
  return { principals: [], problems: ['Principal: expected a principal'] };
}

/** Whether a statement is about an action. */
function names({ actions, notActions }: Statement, action: Mechanism): boolean {
  const matches = (pattern: string): boolean => globMatches(pattern.toLowerCase(), action.toLowerCase());
  return actions?.some(matches) ?? notActions?.every((pattern) => !matches(pattern)) ?? false;
}

/**
 * AWS services act for the account itself. Behind a federation provider stands somebody whom its account does not tell.
 * Everyone is outside, unless a condition holds them to accounts or an organisation.
 */
function isExternal(
  { kind, accountId }: TrustedPrincipal,
  condition: Json,
  ownAccounts: ReadonlySet<string>,
): boolean | null {
  if (kind === 'service') return false;
  if (kind === 'everyone') return narrowsWho(condition) ? null : true;
  return accountId === null || kind === 'federation-provider' ? null : !ownAccounts.has(accountId);
}

const WHO = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
]);

/** Whether a condition says who it must be. Negated operators and those with IfExists leave it open. */
function narrowsWho(condition: Json): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      !/not|ifexists|null/iu.test(operator) &&
      typeof keys === 'object' &&
      keys !== null &&
      Object.keys(keys).some((key) => WHO.has(key.toLowerCase())),
  );
}
