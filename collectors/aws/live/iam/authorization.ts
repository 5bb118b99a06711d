import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { CALLS } from '../../calls.ts';
import type { ReportedUser, UserEvidence } from '../../credentials/evidence.ts';
import { FEEDS_OF_LIST } from '../../files/authorization-lists.ts';
import type { ListName } from '../../intake/accounts.ts';
import { ENTITIES } from '../../rows/entities.ts';
import type { EntityReading, EstateKnowledge } from '../../rows/entity.ts';
import { reportedOnly } from '../../rows/reported-only.ts';
import type { AccountReading } from '../account.ts';
import { textOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { fetchPolicies, policiesNamedBy } from './policies.ts';
import { unreported } from './unreported.ts';
import { listedKeys, otherCredentials } from './user-credentials.ts';

/** What later readings of the account need to know of its users and roles. */
export interface Principals {
  /** The ARNs of users and roles, for last-accessed jobs. */
  readonly arns: string[];
  readonly userArns: Map<string, string>;
}

/** What is read one after the other: every list stands on those before it. */
const STEPS: readonly { readonly lists: readonly ListName[]; readonly filter: readonly string[] }[] = [
  { lists: ['Policies'], filter: ['LocalManagedPolicy', 'AWSManagedPolicy'] },
  { lists: ['GroupDetailList'], filter: ['Group'] },
  { lists: ['UserDetailList'], filter: ['User'] },
  { lists: ['RoleDetailList'], filter: ['Role'] },
];

/**
 * Yields the rows of all policies, groups, users and roles, page by page, through the same code that reads exports.
 * Users come with their credentials; `reported`: the credential report, null where there is none.
 */
export async function* readAuthorization(
  account: AccountReading,
  reported: ReadonlyMap<string, ReportedUser> | null,
  principals: Principals,
): AsyncGenerator<readonly Observation[]> {
  const { intake } = account;
  const evidence = new Map<string, UserEvidence>();
  const groups = new Map<string, string>();
  const estate: EstateKnowledge = {
    asOf: account.context.asOf,
    ownAccounts: account.ownAccounts,
    marks: intake.marks,
    groupArn: (_accountId, name) => groups.get(name) ?? null,
    // All accounts are read at about the same time: the version that is met first is the newest.
    newestVersion: () => null,
    evidenceOf: (arn) => evidence.get(arn) ?? { report: reported?.get(arn) ?? null, keys: null },
  };

  for (const { lists, filter } of STEPS) {
    const feeds = [...new Set(lists.flatMap((list) => [...FEEDS_OF_LIST[list], ...OWNERS[list]]))];
    for await (const page of account.pages(feeds, CALLS.authorizationDetails, {
      Filter: filter,
      MaxItems: PAGE,
    })) {
      for (const list of lists) {
        const elements = elementsOf(account, page, list);
        await prepare(account, list, elements, { evidence, groups, principals, reported });
        elements.forEach((element, at) => readElement(account, list, at, element, estate));
        intake.accounts.of(account.id).lists.add(list);
      }
      evidence.clear();
      const rows = intake.rows.take();
      if (rows !== null) yield rows;
    }
  }
  if (reported !== null) reportedOnly(reported, intake, estate);
}

/** A policy may come with five versions of six kilobytes each. */
const PAGE = 200;

/** Tags of users and roles name owners. */
const OWNERS: Readonly<Record<ListName, readonly Feed[]>> = {
  UserDetailList: ['owners'],
  GroupDetailList: [],
  RoleDetailList: ['owners', 'workloads'],
  Policies: [],
};

function elementsOf(account: AccountReading, page: Reply, list: ListName): readonly unknown[] {
  const elements = page[list];
  if (Array.isArray(elements)) return elements;
  if (elements !== undefined)
    account.lost(FEEDS_OF_LIST[list], CALLS.authorizationDetails, `${list}: expected a list`);
  return [];
}

interface Prepared {
  readonly evidence: Map<string, UserEvidence>;
  readonly groups: Map<string, string>;
  readonly principals: Principals;
  readonly reported: ReadonlyMap<string, ReportedUser> | null;
}

/** Finds out what the rows of a page's elements need to know. */
async function prepare(
  account: AccountReading,
  list: ListName,
  elements: readonly unknown[],
  { evidence, groups, principals, reported }: Prepared,
): Promise<void> {
  const { marks } = account.intake;
  const named = elements.flatMap((element) => {
    const arn = textOf(element, 'Arn');
    return arn === null ? [] : [{ element, arn }];
  });
  for (const { arn } of named) marks.set(arn, 'known');
  if (list === 'Policies') return;
  await fetchPolicies(
    account,
    named.flatMap(({ element }) => policiesNamedBy(element)),
  );
  for (const { element, arn } of named) {
    const name = textOf(element, 'GroupName');
    if (name !== null && list === 'GroupDetailList') groups.set(name, arn);
    if (list === 'UserDetailList' || list === 'RoleDetailList') principals.arns.push(arn);
  }
  if (list !== 'UserDetailList') return;
  await Promise.all(
    named.map(async ({ element, arn }) => {
      const user = { arn, name: textOf(element, 'UserName') ?? '' };
      principals.userArns.set(user.name, arn);
      const report = reported?.get(arn) ?? null;
      const [keys, asked] = await Promise.all([
        listedKeys(account, user),
        report === null ? unreported(account, user) : null,
        otherCredentials(account, user),
      ]);
      evidence.set(arn, { report, keys, ...(asked === null ? {} : { asked }) });
    }),
  );
}

function readElement(
  account: AccountReading,
  list: ListName,
  at: number,
  element: unknown,
  estate: EstateKnowledge,
): void {
  const { intake, id, scopeUid } = account;
  const place = textOf(element, 'Arn') ?? `${list}[${at}]`;
  const problem: EntityReading['problem'] = (feeds, what) =>
    account.lost(feeds, CALLS.authorizationDetails, `${place}: ${what}`);
  const entity = ENTITIES[list](element);
  if (entity.problem !== null) return problem(FEEDS_OF_LIST[list], entity.problem.replace(/^: /u, ''));
  const { arn } = entity;
  if (arn.accountId === null ? list !== 'Policies' : arn.accountId !== id) {
    return problem(FEEDS_OF_LIST[list], `not of the account ${id}`);
  }
  if (arn.accountId !== null && !intake.marks.set(arn.arn, 'read')) {
    return problem(FEEDS_OF_LIST[list], 'it had been read before, the first one is kept');
  }
  entity.rows({ arn, estate, account: intake.accounts.of(id), scopeUid, emit: intake.rows.emit, problem });
}
