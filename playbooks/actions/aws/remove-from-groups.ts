import { z } from 'zod';
import {
  defineAction,
  type ActingContext,
  type ObjectState,
  type Parameters,
  type Receipt,
} from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO, type Account } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { allPages } from './pages.ts';
import { IAM_SETTLES } from './settle.ts';

const restoreSchema = z.object({ groups: z.array(z.string()) });

/** Takes a user out of every group that it is in. */
export const removeFromGroups = defineAction({
  id: 'aws/remove-from-groups',
  system: 'aws',
  phase: 'remove',
  closes: 'subject',
  title: (parameters) => `Take ${textOf(parameters, 'user')} out of all groups`,
  parametersFor: ({ table, row }) =>
    table === 'identities' && isOwn(row, 'iam-user') ? { user: row.uid } : null,
  permissions: ['iam:AddUserToGroup', 'iam:ListGroupsForUser', 'iam:RemoveUserFromGroup'],
  settle: IAM_SETTLES,
  read: (parameters, context): Promise<ObjectState> =>
    on(parameters, context, async (account) => {
      const groups = await orAbsent(groupsOf(account));
      // All groups go, whichever they are: a run that was stopped halfway finds fewer and goes on.
      const done = groups === null || groups.length === 0;
      return { present: groups !== null, done, document: null, restore: { groups: groups ?? [] } };
    }),
  act: (parameters, before, context) =>
    on(parameters, context, (account) =>
      forEachGroup(groupsIn(before), (GroupName) =>
        account.change((iam, options) =>
          iam.removeUserFromGroup({ UserName: account.principal.name, GroupName }, options),
        ),
      ),
    ),
  undo: (parameters, before, context) =>
    on(parameters, context, async (account) => {
      const now = await groupsOf(account);
      const missing = groupsIn(before).filter((name) => !now.includes(name));
      return forEachGroup(missing, (GroupName) =>
        account.change((iam, options) =>
          iam.addUserToGroup({ UserName: account.principal.name, GroupName }, options),
        ),
      );
    }),
});

/** The names of the groups that a user is in, sorted. */
export async function groupsOf({ ask, principal: { name: UserName } }: Account): Promise<string[]> {
  const names = await allPages(
    (marker) => ask((iam, options) => iam.listGroupsForUser({ UserName, ...marker }, options)),
    ({ Groups = [] }) => Groups.flatMap(({ GroupName }) => GroupName ?? []),
  );
  return names.toSorted();
}

async function forEachGroup(
  names: readonly string[],
  change: (name: string) => Promise<Receipt>,
): Promise<Receipt> {
  let last = NOTHING_TO_DO;
  for (const name of names) last = await change(name);
  return last;
}

function groupsIn({ restore }: ObjectState): readonly string[] {
  return restoreSchema.safeParse(restore).data?.groups ?? [];
}

function on<T>(
  parameters: Parameters,
  context: ActingContext,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  return inAccountOf(textOf(parameters, 'user'), context, work);
}
