import { z } from 'zod';
import { entityArn, optionalId } from './entity-arn.ts';
import { readInstant, type EntityReading } from './entity.ts';
import { attachedPolicies, inlinePolicies } from './grants.ts';

/** What a group must have to be one. */
export const groupSchema = z.object({
  Arn: entityArn('group'),
  GroupId: optionalId,
  CreateDate: z.unknown().optional(),
  AttachedManagedPolicies: z.unknown().optional(),
  GroupPolicyList: z.unknown().optional(),
});

/** The rows of a group of `GroupDetailList`. */
export function groupRows(group: z.infer<typeof groupSchema>, reading: EntityReading): void {
  const createdAt = readInstant(group.CreateDate, 'CreateDate', (what) => reading.problem(['groups'], what));
  reading.emit('groups', {
    uid: reading.arn.arn,
    system: 'aws',
    scopeUid: reading.scopeUid,
    kind: 'iam-group',
    name: reading.arn.name,
    implicit: false,
    raw: { GroupId: group.GroupId, CreateDate: createdAt },
  });
  const holder = { arn: reading.arn.arn, kind: 'group' } as const;
  attachedPolicies(group.AttachedManagedPolicies, holder, reading);
  inlinePolicies(group.GroupPolicyList, 'GroupPolicyList', holder, reading);
}
