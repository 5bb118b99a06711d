import type { Uid } from '#model/system.ts';
import { adminUid, awsAccountUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { accountsOf, type Account, type BecomeRecords } from './found/account.ts';
import type { Actor } from './asking/actor.ts';
import { assumableRoles } from './ways/assume.ts';
import { nodesAfterRaise } from './ways/changes.ts';
import { credentialNeeds } from './ways/credentials.ts';
import type { Foothold } from './ways/foothold.ts';
import { reachableGroups, type ReachableGroups } from './ways/groups.ts';
import { linksOn, type Links } from './links.ts';
import { newResources, type NewResources } from './asking/new-resource.ts';
import { holdersOfPolicies } from './found/policy-holders.ts';
import { powersOf, type Powers } from './asking/powers.ts';
import { raisedIn, type Raised } from './ways/raised.ts';
import type { Targets } from './asking/target-list.ts';
import { indexTrusts, type TrustIndex } from './found/trust-index.ts';
import { trustedServices, type ServiceRoles } from './found/trusted-services.ts';
import { viewsOf, type Views } from './asking/views.ts';
import { workloadsOf, type Workloads } from './found/workloads.ts';

/** All that the techniques look at, each part worked out when it is first needed. */
export interface World extends Workloads {
  readonly views: Views;
  readonly powers: Powers;
  readonly links: Links;
  readonly newResources: NewResources;
  readonly trusts: TrustIndex;
  readonly raised: Raised;
  readonly groups: ReachableGroups;
  readonly accounts: ReadonlyMap<string, Account>;
  /** Throws where no identity of the account is in the records. */
  readonly account: (id: string) => Account;
  readonly services: (account: Account, service: string) => ServiceRoles;
  readonly assumable: (actor: Actor) => readonly Foothold[];
  readonly usersThatNeed: ReturnType<typeof credentialNeeds>;
  /** The users and roles that have one of the policies, themselves or through a group. */
  readonly holdersOf: (policies: Targets) => Targets;
  /** Where giving everything to one of these leads. */
  readonly nodesAfterRaise: (targets: Targets) => Targets;
  readonly trustPolicyOf: (roleUid: Uid) => readonly Uid[];
}

/** Prepares the records for finding who can become whom. */
export function worldOf(estate: Estate, records: BecomeRecords): World {
  const views = viewsOf(estate);
  const accounts = accountsOf(estate, records);
  const size = estate.identities.size;
  const powers = powersOf({ questions: 200_000 + 40 * size, targets: 200_000 + 20 * size });
  const trusts = indexTrusts(views.asIs, new Set(accounts.keys()));
  const raised = raisedIn(views, powers);
  const everything = { raised: true, bounded: true };
  return {
    ...workloadsOf(views.asIs),
    views,
    powers,
    trusts,
    raised,
    accounts,
    groups: reachableGroups(views.asIs),
    links: linksOn(estate),
    newResources: newResources(powers),
    account: (id) => {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`No identity of account ${id} is in the records.`);
      return account;
    },
    services: trustedServices(views.asIs),
    assumable: assumableRoles(views, powers, trusts, accounts),
    usersThatNeed: credentialNeeds(estate, records),
    holdersOf: holdersOfPolicies(estate),
    nodesAfterRaise: nodesAfterRaise((uid) => raised.nodeOf(uid, everything), isAdminNode),
    trustPolicyOf: (roleUid) =>
      (estate.resourcePolicies.get(roleUid) ?? []).flatMap(({ kind, uid }) =>
        kind === 'trust' ? [uid] : [],
      ),
  };
}

/** Whether a node stands for full control over the account that it names. */
function isAdminNode(node: Uid): boolean {
  const account = /^aws:(\d{12}):admin$/u.exec(node)?.[1];
  return account !== undefined && node === adminUid(awsAccountUid(account));
}
