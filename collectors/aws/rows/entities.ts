import type { z } from 'zod';
import type { IamArn } from '../arn.ts';
import type { ListName } from '../intake/accounts.ts';
import { issueText } from '../intake/issue-text.ts';
import type { EntityReading } from './entity.ts';
import { groupRows, groupSchema } from './group.ts';
import { policyRows, policySchema } from './policy.ts';
import { roleRows, roleSchema } from './role.ts';
import { userRows, userSchema } from './user.ts';

/** An element as the entity that it is, or what is wrong with it. */
type Checked =
  | { readonly problem: null; readonly arn: IamArn; readonly rows: (reading: EntityReading) => void }
  | { readonly problem: string };

/** What the elements of the lists of authorization details are. */
export const ENTITIES: Readonly<Record<ListName, (value: unknown) => Checked>> = {
  UserDetailList: checkedBy(userSchema, userRows),
  GroupDetailList: checkedBy(groupSchema, groupRows),
  RoleDetailList: checkedBy(roleSchema, roleRows),
  Policies: checkedBy(policySchema, policyRows),
};

function checkedBy<Entity extends { readonly Arn: IamArn }>(
  schema: z.ZodType<Entity>,
  rows: (entity: Entity, reading: EntityReading) => void,
): (value: unknown) => Checked {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) return { problem: issueText(parsed.error) };
    const entity = parsed.data;
    return { problem: null, arn: entity.Arn, rows: (reading) => rows(entity, reading) };
  };
}
