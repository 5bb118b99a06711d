import { emptyPrincipalSets } from '../sets/principal-sets.ts';
import type { Uid } from '#model/system.ts';
import type { Account } from './account.ts';
import { actorOf, type Actor } from './actor.ts';
import { candidates, type Candidates } from './candidates.ts';
import type { Foothold } from './foothold.ts';
import type { Powers } from './powers.ts';
import { targetsOf, type Targets } from './target-list.ts';
import type { TrustIndex } from './trust-index.ts';
import { newcomerUid, type Views } from './views.ts';

const ASSUME = 'sts:AssumeRole';

/**
 * Finds the roles that an actor may assume: the trust policy and, unless that names the actor in the same account, its
 * own policies have to allow it. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
 */
export function assumableRoles(
  views: Views,
  powers: Powers,
  trusts: TrustIndex,
  accounts: ReadonlyMap<string, Account>,
): (actor: Actor) => Foothold[] {
  const lists = new Map<string, readonly Candidates[]>();
  const listsOf = (accountId: string): readonly Candidates[] => {
    const known = lists.get(accountId) ?? makeLists(accountId);
    lists.set(accountId, known);
    return known;
  };
  const makeLists = (id: string): readonly Candidates[] => {
    const account = accounts.get(id);
    const trusting = trusts.byAccount.get(id);
    if (account === undefined || trusting === undefined) return [];
    const { alike, personal, open } = trusting;
    const always = (roles: ReadonlySet<Uid>): Uid[] => [...open].filter((uid) => roles.has(uid));
    return [
      candidates(`${id} trusting`, alike, { atMost: byNewcomer(account, alike), always: always(alike) }),
      candidates(`${id} trusting some`, personal, { isPersonal: true, always: always(personal) }),
    ];
  };
  /** What somebody of the account gets who is allowed everything. */
  const byNewcomer = ({ id, partition }: Account, roles: Iterable<Uid>): Targets => {
    const uid = newcomerUid(partition, id);
    const change = { raised: true, bounded: true };
    const newcomer = actorOf(views.after(change), uid, uid, emptyPrincipalSets(), change);
    return newcomer === null ? targetsOf([], []) : onEach(powers, newcomer, roles).targets;
  };
  return (actor) =>
    [
      onEach(powers, actor, trusts.byPrincipal.get(actor.uid) ?? []),
      ...listsOf(actor.account).map((list) => powers.among(actor, ASSUME, list)),
    ].map((held) => ({
      ...held,
      via: 'assume-role',
      permissions: [ASSUME],
      kind: 'role',
      restsOnTrust: true,
    }));
}

function onEach(
  powers: Powers,
  actor: Actor,
  roles: Iterable<Uid>,
): { readonly targets: Targets; readonly evidence: readonly Uid[] } {
  const certain: Uid[] = [];
  const conditional: Uid[] = [];
  const evidence = new Set<Uid>();
  for (const role of roles) {
    const held = role === actor.uid ? null : powers.on(actor, ASSUME, role);
    if (held === null) continue;
    (held.certainty === 'certain' ? certain : conditional).push(role);
    for (const uid of held.evidence) evidence.add(uid);
  }
  return { targets: targetsOf(certain, conditional), evidence: [...evidence] };
}
