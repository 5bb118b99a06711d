import type { Uid } from '#model/system.ts';
import type { Account } from '../found/account.ts';
import { actorOf, type Actor } from '../asking/actor.ts';
import { candidates, type Candidates } from '../asking/candidates.ts';
import type { Foothold } from './foothold.ts';
import type { HeldOn, Powers } from '../asking/powers.ts';
import { isNone, targetsOf, type Targets } from '../asking/target-list.ts';
import type { AskingTrust, TrustIndex, TrustingAccount } from '../found/trust-index.ts';
import { newcomerUid, type Views } from '../asking/views.ts';

const ASSUME = 'sts:AssumeRole';
/** With more kinds of trust policies than this, comparing what each says of everybody costs more than asking. */
const MOST_GROUPS = 64;

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
  /** Whom a role names it may let in more easily than others. */
  const mayName =
    (roles: ReadonlySet<Uid>) =>
    ({ uid }: { readonly uid: Uid }): boolean =>
      [...(trusts.byPrincipal.get(uid) ?? [])].some((role) => roles.has(role));
  const makeLists = (id: string): readonly Candidates[] => {
    const account = accounts.get(id);
    const trusting = trusts.byAccount.get(id);
    if (account === undefined || trusting === undefined) return [];
    const { alike, open, asking, byName } = trusting;
    const groups = groupsOf(asking);
    const few = groups.slice(0, MOST_GROUPS);
    const others = [...byName, ...groups.slice(MOST_GROUPS).flatMap(({ roles }) => [...roles])];
    return [
      candidates(`${id} trusting`, alike, { atMost: byNewcomer(account, alike), mayName: mayName(alike) }),
      candidates(`${id} open`, open, { needsPermission: false, mayName: mayName(open) }),
      ...few.map(({ roles, statements, isOpen }, index) =>
        candidates(`${id} asking ${index}`, roles, {
          needsPermission: !isOpen,
          mayName: mayName(roles),
          keyFor: ({ lookUp }) => powers.keyFor(statements, lookUp),
        }),
      ),
      candidates(`${id} by name`, others, { mayName: () => true, always: others }),
    ];
  };
  /** Roles whose trust policies say the same, the largest groups first. */
  const groupsOf = (asking: TrustingAccount['asking']): (AskingTrust & { readonly roles: Set<Uid> })[] => {
    const groups = new Map<string, AskingTrust & { readonly roles: Set<Uid> }>();
    for (const [role, trust] of asking) {
      const key = `${trust.isOpen} ${powers.contentKey(trust.statements)}`;
      const group = groups.get(key) ?? { ...trust, roles: new Set() };
      groups.set(key, group);
      group.roles.add(role);
    }
    return [...groups.values()].toSorted((a, b) => b.roles.size - a.roles.size);
  };
  /** What somebody of the account gets who is allowed everything. */
  const byNewcomer = ({ id, partition }: Account, roles: Iterable<Uid>): Targets => {
    const uid = newcomerUid(partition, id);
    const change = { raised: true, bounded: true };
    const newcomer = actorOf(views.after(change), uid, uid, change);
    return newcomer === null ? targetsOf([], []) : onEach(powers, newcomer, roles).targets;
  };
  return (actor) => {
    const naming = trusts.byPrincipal.get(actor.uid);
    const held = listsOf(actor.account).map((list) => powers.among(actor, ASSUME, list));
    return (naming === undefined ? held : [onEach(powers, actor, naming), ...held])
      .filter(({ targets }) => !isNone(targets))
      .map((one) => ({
        ...one,
        via: 'assume-role',
        permissions: [ASSUME],
        kind: 'role',
        restsOnTrust: true,
      }));
  };
}

function onEach(powers: Powers, actor: Actor, roles: Iterable<Uid>): HeldOn {
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
