import { MASTERS, serviceAccountOf } from '../names.ts';
import { coversName, type Held } from '../powers.ts';
import { type Place, type Step, steps } from './step.ts';

/**
 * Who may impersonate acts as those others (https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/).
 * Users and groups are outside any namespace; a ServiceAccount's user name is checked as that ServiceAccount.
 */
export function* impersonationSteps(place: Place): Iterable<Step> {
  const { powers, namespace, targets } = place;
  const accounts = powers.get('impersonateAccounts');
  if (accounts !== undefined) {
    yield* steps(
      'impersonate',
      targets.accounts('serviceaccounts', namespace, accounts.names),
      'certain',
      accounts,
    );
    yield* steps('impersonate', targets.accounts('missing', namespace, accounts.names), 'certain', accounts);
  }
  const accountsForSome = powers.get('impersonateAccountInfo');
  if (accountsForSome !== undefined) {
    const to = targets.accounts('serviceaccounts', namespace, accountsForSome.names);
    yield* steps(CONSTRAINED, to, 'conditional', accountsForSome);
  }
  const users = powers.get('impersonateUsers');
  if (users !== undefined) yield* steps('impersonate', usersNamed(place, users), 'certain', users);
  const usersForSome = powers.get('impersonateUserInfo');
  if (usersForSome !== undefined)
    yield* steps(CONSTRAINED, usersNamed(place, usersForSome), 'conditional', usersForSome);
  const nodesForSome = powers.get('impersonateNodeInfo');
  if (nodesForSome !== undefined)
    yield* steps(CONSTRAINED, targets.any('nodes'), 'conditional', nodesForSome);
}

/** Who may impersonate groups acts as a member of them. */
export function groupSteps(place: Place): Iterable<Step> {
  const [groups, someone] = groupPowers(place);
  if (groups === undefined || someone === undefined) return [];
  return steps('impersonate', groupsNamed(place, groups), 'certain', groups, someone);
}

/** Who may impersonate system:masters has full control. */
export function mastersSteps(place: Place): Iterable<Step> {
  const [groups, someone] = groupPowers(place);
  if (groups === undefined || someone === undefined || !coversName(groups, MASTERS)) return [];
  return steps('impersonate-masters', [place.targets.admin(null)], 'certain', groups, someone);
}

// For the requests that `impersonate-on:` allows:
// https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation.
const CONSTRAINED = 'constrained-impersonate';

/** A group is impersonated along with some user or ServiceAccount. */
function groupPowers({ powers }: Place): readonly [groups: Held | undefined, someone: Held | undefined] {
  return [
    powers.get('impersonateGroups'),
    powers.get('impersonateUsers') ?? powers.get('impersonateAccounts'),
  ];
}

function usersNamed({ targets, world }: Place, { names }: Held): readonly string[] {
  if (names === 'any') return targets.any('users');
  return [...names].filter((name) => serviceAccountOf(name) === null).map(world.userUid);
}

function groupsNamed({ targets, world }: Place, { names }: Held): readonly string[] {
  if (names === 'any') return targets.any('groups');
  return [...names].filter((name) => name !== MASTERS).map(world.groupUid);
}
