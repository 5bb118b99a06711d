import type { Coverage } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { awsActionNumber, resourceTemplates } from '#catalogue/aws/actions.ts';
import type { Estate } from '../../estate.ts';
import { fits } from '../../pattern.ts';
import { parseResourcePattern } from '../../resource-pattern.ts';
import type { Account } from './account.ts';
import { candidates, type Candidates } from '../asking/candidates.ts';
import { targetsOf, type Targets } from '../asking/target-list.ts';
import type { View } from '../asking/views.ts';

/** What runs in an account that an action can be done on. */
export interface KnownWorkloads {
  readonly resources: Candidates;
  /** The roles that these resources run with. */
  readonly rolesOf: (resources: Targets) => Targets;
}

/** What the records tell of what runs with roles. */
export interface Workloads {
  readonly workloadsFor: (account: Account, action: string) => KnownWorkloads;
  /** Whether a call that lists workloads was read whole for the account. */
  readonly isListed: (accountId: string, call: string) => boolean;
  /** The account's roles by whether they have an instance profile, as far as is known. */
  readonly profiles: (account: Account) => { readonly present: Targets; readonly absent: Targets };
  /** Those of the roles that surely may do the action stay certain; null: all of them. */
  readonly rolesReady: (roles: Targets, action: string | null) => Targets;
}

/** Looks up what runs in the records; each answer is worked out once. */
export function workloadsOf({ estate, questions }: View): Workloads {
  const byKind = new Map<string, KnownWorkloads>();
  const byAccount = new Map<string, ReturnType<Workloads['profiles']>>();
  const ready = new Map<string, boolean>();
  const readyTargets = new WeakMap<Targets, Map<string, Targets>>();

  const isReady = (role: Uid, action: string): boolean => {
    const key = `${action} ${role}`;
    const known =
      ready.get(key) ?? questions.may({ principal: role, action, resource: null }).verdict === 'allowed';
    ready.set(key, known);
    return known;
  };

  return {
    workloadsFor: (account, action) => {
      const templates = resourceTemplates(awsActionNumber(action));
      const key = [account.id, ...templates].join(' ');
      const known = byKind.get(key) ?? knownWorkloads(estate, account, key, templates);
      byKind.set(key, known);
      return known;
    },
    isListed: (accountId, call) => {
      const rows = rowsOf(estate, accountId).filter((row) => row.feed === 'workloads' && row.call === call);
      return rows.length > 0 && rows.every(({ status }) => status === 'complete');
    },
    profiles: (account) => {
      const known = byAccount.get(account.id) ?? profilesOf(estate, account);
      byAccount.set(account.id, known);
      return known;
    },
    rolesReady: (roles, action) => {
      if (action === null) return roles;
      const byAction = readyTargets.get(roles) ?? new Map<string, Targets>();
      const certain = roles.certain.uids;
      const found =
        byAction.get(action) ??
        targetsOf(
          certain.filter((role) => isReady(role, action)),
          [...certain, ...roles.conditional.uids],
        );
      readyTargets.set(roles, byAction.set(action, found));
      return found;
    },
  };
}

function knownWorkloads(
  estate: Estate,
  { workloads }: Account,
  key: string,
  templates: readonly string[],
): KnownWorkloads {
  const shapes = templates.map((template) => parseResourcePattern(template.replaceAll(/[@%]/gu, '*'), false));
  const running = workloads.filter(({ uid }) => shapes.some((shape) => fits(shape, uid)));
  const roleOf = new Map(running.map(({ uid, identityUid }) => [uid, identityUid]));
  const policed = [...roleOf.keys()].filter((uid) => estate.resourcePolicies.has(uid));
  const found = new WeakMap<Targets, Targets>();
  return {
    resources: candidates(`${key} workloads`, roleOf.keys(), {
      mayName: () => policed.length > 0,
      always: policed,
    }),
    rolesOf: (resources) => {
      const before = found.get(resources);
      if (before !== undefined) return before;
      const rolesOf = (uids: readonly Uid[]): Uid[] => uids.flatMap((uid) => roleOf.get(uid) ?? []);
      const roles = targetsOf(rolesOf(resources.certain.uids), rolesOf(resources.conditional.uids));
      found.set(resources, roles);
      return roles;
    },
  };
}

/** The authorization details of a role say its instance profiles. */
function profilesOf(estate: Estate, { id, roles, workloads }: Account): ReturnType<Workloads['profiles']> {
  const isRead = rowsOf(estate, id).some(
    ({ feed, call, status }) =>
      feed === 'trusts' && call === 'iam:GetAccountAuthorizationDetails' && status === 'complete',
  );
  const holders = new Set(
    workloads.filter(({ kind }) => kind === 'instance-profile').map(({ identityUid }) => identityUid),
  );
  const present = targetsOf(holders, isRead ? [] : roles.all.uids);
  const others = roles.all.uids.filter((uid) => !holders.has(uid));
  return { present, absent: isRead ? targetsOf(others, []) : targetsOf([], others) };
}

function rowsOf(estate: Estate, accountId: string): readonly Coverage[] {
  return estate.coverage.get(awsAccountUid(accountId)) ?? [];
}
