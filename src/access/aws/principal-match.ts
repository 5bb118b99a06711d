import { isAccountId, parseArn } from './arn.ts';
import type { Principal } from './principal.ts';
import type { PrincipalElement } from './principal-element.ts';
import { anyOf, not, type Truth } from './truth.ts';

/**
 * As what a resource policy's statement means the principal. `itself`: the user, the session, or everybody; such a
 * grant is limited by nothing of the identity. `role`: the role, whose boundary and session policies limit it.
 * `account`: the account, whose identity policies still have to allow.
 */
export interface PrincipalMatch {
  readonly itself: Truth;
  readonly role: Truth;
  readonly account: Truth;
}

/**
 * Whether the statement is about the principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @param action in lower case: an identity provider's token can only be used to assume a role
 */
export function matchPrincipal(
  element: PrincipalElement,
  principal: Principal,
  action: string,
  hasBoundary: boolean,
): PrincipalMatch {
  const named = matchNamed(element, principal, action);
  return element.negated
    ? { itself: matchOthers(named, principal, hasBoundary), role: 'no', account: 'no' }
    : named;
}

/** Whether a call of this action (in lower case) is made with an identity provider's token instead of AWS credentials. */
export function isFederated(action: string): boolean {
  return action === 'sts:assumerolewithwebidentity' || action === 'sts:assumerolewithsaml';
}

function matchNamed(element: PrincipalElement, principal: Principal, action: string): PrincipalMatch {
  if (isFederated(action)) return { itself: matchProvider(element, principal), role: 'no', account: 'no' };
  // Which account a canonical user id belongs to is nowhere in the records.
  const mayMean = element.isVague || (element.canonicalUsers.length > 0 && principal.account !== null);
  const matched = element.aws.map((entry) => matchEntry(entry, principal));
  const isNamedService = principal.kind === 'service' && element.services.includes(principal.name);
  return {
    itself: anyOf(
      isNamedService ? 'yes' : 'no',
      mayMean ? 'unknown' : 'no',
      ...matched.map(({ itself }) => itself),
    ),
    role: anyOf(...matched.map(({ role }) => role)),
    account: anyOf(...matched.map(({ account }) => account)),
  };
}

/** Whoever asks needs a token of a provider that the statement names. */
function matchProvider({ federated, aws }: PrincipalElement, { kind, name }: Principal): Truth {
  if (kind === 'federation') return federated.includes(name) || federated.includes('*') ? 'yes' : 'no';
  return federated.length > 0 || aws.includes('*') ? 'open' : 'no';
}

const NOBODY: PrincipalMatch = { itself: 'no', role: 'no', account: 'no' };

/** One element of `AWS`. A `*` in a part of it is no wildcard. */
function matchEntry(entry: string, principal: Principal): PrincipalMatch {
  const { kind, name, account, identity } = principal;
  if (entry === '*') return kind === 'federation' ? NOBODY : { ...NOBODY, itself: 'yes' };
  if (account === null) return NOBODY;
  const arn = parseArn(entry);
  if (isAccountId(entry) ? entry === account : arn?.resource === 'root' && arn.account === account) {
    return kind === 'root' ? { ...NOBODY, itself: 'yes', account: 'yes' } : { ...NOBODY, account: 'yes' };
  }
  if (arn?.service === 'sts')
    return { ...NOBODY, itself: matchSession(arn.account, arn.resource, principal) };
  // A unique id stands where the ARN of a deleted identity stood; one made again has another.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (entry !== name && (identity === null || entry !== identity.providerId)) return NOBODY;
  return kind === 'role' ? { ...NOBODY, role: 'yes' } : { ...NOBODY, itself: 'yes' };
}

function matchSession(account: string, resource: string, principal: Principal): Truth {
  if (account !== principal.account) return 'no';
  if (principal.kind === 'federated-user') {
    return parseArn(principal.name)?.resource === resource ? 'yes' : 'no';
  }
  const [type, roleName, session] = resource.split('/');
  const isRole = principal.kind === 'role' && type === 'assumed-role';
  if (!isRole || roleName !== principal.name.split('/').at(-1)) return 'no';
  // Whoever assumes the role names the session.
  return principal.session === null ? 'open' : principal.session === session ? 'yes' : 'no';
}

/**
 * `NotPrincipal`: everybody but those named. A principal with a boundary is never spared, and one that is named
 * without its account may not be.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function matchOthers(named: PrincipalMatch, { kind, account }: Principal, hasBoundary: boolean): Truth {
  if (hasBoundary) return 'yes';
  const spared = anyOf(named.itself, named.role);
  if (account === null || kind === 'root' || spared === 'no') return not(spared);
  return named.account === 'yes' ? not(spared) : 'unknown';
}
