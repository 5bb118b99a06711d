/** The lists of an authorization details export. */
export const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

export type ListName = (typeof LISTS)[number];

/** What was read of one account, counted for its coverage. */
export interface AccountFacts {
  readonly accountId: string;
  /** The lists that its authorization details had. */
  readonly lists: Set<ListName>;
  /** Roles whose last use was told, and roles of which nothing was said. */
  rolesWithLastUse: number;
  rolesWithoutLastUse: number;
  /** Whether any user or role came with a list of tags. */
  hasTags: boolean;
  hasCredentialReport: boolean;
  /** Users whose access keys were listed. */
  usersWithKeyLists: number;
  lastAccessedReports: number;
  readonly usersMissingInReport: Tally;
  readonly policiesWithoutDocument: Tally;
  readonly usersWithoutDetails: Tally;
}

/** How many there are, with one of them to name. */
export interface Tally {
  count: number;
  first: string | null;
}

/** The accounts of an import by their numbers, made when first asked for. */
export interface Accounts {
  readonly of: (accountId: string) => AccountFacts;
  readonly all: () => Iterable<AccountFacts>;
}

/** No accounts yet. */
export function createAccounts(): Accounts {
  const known = new Map<string, AccountFacts>();
  return {
    of: (accountId) => {
      const facts = known.get(accountId) ?? newFacts(accountId);
      known.set(accountId, facts);
      return facts;
    },
    all: () => known.values(),
  };
}

/** Counts one more. */
export function tally(counter: Tally, name: string): void {
  counter.count++;
  counter.first ??= name;
}

function newFacts(accountId: string): AccountFacts {
  return {
    accountId,
    lists: new Set(),
    rolesWithLastUse: 0,
    rolesWithoutLastUse: 0,
    hasTags: false,
    hasCredentialReport: false,
    usersWithKeyLists: 0,
    lastAccessedReports: 0,
    usersMissingInReport: { count: 0, first: null },
    policiesWithoutDocument: { count: 0, first: null },
    usersWithoutDetails: { count: 0, first: null },
  };
}
