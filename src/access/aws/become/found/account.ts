import type { AccessRecords } from '../../../engine.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isServiceLinkedRole, parseArn } from '../../arn.ts';
import type { Estate } from '../../estate.ts';
import { candidates, type Candidates } from '../asking/candidates.ts';

type Identity = AccessRecords['identities'][number];

/** What of the records is looked at besides the estate. */
export type BecomeRecords = Pick<AccessRecords, 'credentials' | 'workloads' | 'trusts' | 'memberships'>;

/** What there is in one account to become, to change and to run. */
export interface Account {
  readonly id: string;
  readonly scopeUid: Uid;
  readonly partition: string;
  readonly users: Candidates;
  /** The roles that the account's own administrators can edit and pass on. */
  readonly roles: Candidates;
  readonly groups: Candidates;
  /** The managed policies of the customer's own. */
  readonly policies: Candidates;
  /** The managed policies that give everything to whom they are attached. */
  readonly adminPolicies: readonly Uid[];
  readonly workloads: readonly AccessRecords['workloads'][number][];
}

/** The accounts whose identities are in the records, by number, in order. */
export function accountsOf(estate: Estate, { workloads }: BecomeRecords): ReadonlyMap<string, Account> {
  const identities = groupByAccount([...estate.identities.values()]);
  const groups = groupByAccount([...estate.groups.values()]);
  const policies = groupByAccount([...estate.roles.values()].filter(({ kind }) => kind === 'managed-policy'));
  const running = groupByAccount(
    workloads.filter(({ system }) => system === 'aws'),
    ({ identityUid }) => identityUid,
  );
  const ids = [...identities.keys()].toSorted();
  return new Map(
    ids.map((id) => {
      const own = identities.get(id) ?? [];
      const ownPolicies = (policies.get(id) ?? []).filter(({ managedBy }) => managedBy === 'customer');
      const partition = parseArn(own[0]?.uid ?? '')?.partition ?? 'aws';
      const uidsOf = (rows: readonly { readonly uid: Uid }[]): Uid[] => rows.map(({ uid }) => uid);
      return [
        id,
        {
          id,
          scopeUid: awsAccountUid(id),
          partition,
          users: candidates(`${id} users`, uidsOf(own.filter(({ kind }) => kind === 'iam-user'))),
          roles: candidates(`${id} roles`, uidsOf(own.filter(isEditableRole))),
          groups: candidates(
            `${id} groups`,
            uidsOf((groups.get(id) ?? []).filter(({ kind }) => kind !== 'identity-center-group')),
          ),
          policies: candidates(`${id} policies`, uidsOf(ownPolicies)),
          adminPolicies: [
            `arn:${partition}:iam::aws:policy/AdministratorAccess`,
            ...uidsOf(ownPolicies.filter(({ breadth }) => breadth === 'everything'))
              .toSorted()
              .slice(0, MOST_POLICIES),
          ],
          workloads: running.get(id) ?? [],
        },
      ];
    }),
  );
}

/** How many policies of the customer's own that give everything are tried when one is to be attached. */
const MOST_POLICIES = 5;

/**
 * Roles that are linked to a service or made by Identity Center: nobody in the account can edit them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
 */
export function isProtected(roleUid: Uid): boolean {
  return isServiceLinkedRole(roleUid) || /^[^/]*:role\/aws-reserved\//u.test(roleUid);
}

function isEditableRole({ uid, kind }: Identity): boolean {
  return kind === 'iam-role' && !isProtected(uid);
}

/** The number of the account that something is in: its ARN's, or its scope's where an export bears an odd ARN. */
export function accountNumber(arn: Uid, scopeUid: Uid): string | null {
  const number = /^\d{12}$/u;
  const [own, home] = [parseArn(arn)?.account ?? '', scopeUid.replace(/^aws:/u, '')];
  if (number.test(own)) return own;
  return number.test(home) ? home : null;
}

function groupByAccount<T extends { readonly uid: Uid; readonly scopeUid: Uid }>(
  rows: readonly T[],
  arnOf: (row: T) => Uid = ({ uid }) => uid,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const account = accountNumber(arnOf(row), row.scopeUid);
    if (account === null) continue;
    const group = groups.get(account);
    if (group === undefined) groups.set(account, [row]);
    else group.push(row);
  }
  return groups;
}
