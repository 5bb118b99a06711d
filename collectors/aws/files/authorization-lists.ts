import type { SplitOptions } from '#collectors/shared/split-json.ts';
import type { Feed } from '#model/scope.ts';
import { LISTS, type ListName } from '../intake/accounts.ts';

/** What is taken out of authorization details, as the CLI prints them or within the recorder's wrapper. */
export const AUTHORIZATION_PARTS: SplitOptions = {
  lists: LISTS.flatMap((list) => [list, `data.${list}`]),
  members: ['IsTruncated', 'data.IsTruncated', 'NextToken'],
};

/** The list at a path of the splitter; null: it is another member. */
export function listAt(path: string): ListName | null {
  const name = path.replace(/^data\./u, '');
  return LISTS.find((list) => list === name) ?? null;
}

/** What an element of a list is, as its ARN has it. */
export const ENTITY_TYPES = {
  UserDetailList: 'user',
  GroupDetailList: 'group',
  RoleDetailList: 'role',
  Policies: 'policy',
} as const satisfies Record<ListName, string>;

/** What is missing where an element of a list could not be read. */
export const FEEDS_OF_LIST: Readonly<Record<ListName, readonly Feed[]>> = {
  UserDetailList: ['identities', 'grants', 'guardrails'],
  GroupDetailList: ['groups', 'grants'],
  RoleDetailList: ['identities', 'grants', 'guardrails', 'trusts', 'resource-policies', 'usages'],
  Policies: ['roles'],
};

/** What is missing where a file could not be read to its end. */
export const FEEDS_OF_DETAILS: readonly Feed[] = [...new Set(LISTS.flatMap((list) => FEEDS_OF_LIST[list]))];
