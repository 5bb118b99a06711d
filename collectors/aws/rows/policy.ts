import { z } from 'zod';
import { isAwsManagedPolicy } from '../arn.ts';
import { entityArn, optionalId } from './entity-arn.ts';
import { readEach, readInstant, type EntityReading } from './entity.ts';
import { AWS_SCOPE_UID, policyContent } from './grants.ts';

const optionalCount = z.number().nullable().catch(null);

/** What a managed policy must have to be one. */
export const policySchema = z.object({
  Arn: entityArn('policy'),
  PolicyId: optionalId,
  DefaultVersionId: optionalId,
  CreateDate: z.unknown().optional(),
  UpdateDate: z.unknown().optional(),
  AttachmentCount: optionalCount,
  PermissionsBoundaryUsageCount: optionalCount,
  PolicyVersionList: z.unknown().optional(),
});

const versionSchema = z.object({
  VersionId: z.string(),
  IsDefaultVersion: z.boolean().nullish(),
  Document: z.unknown().optional(),
});

/** The row of a policy of `Policies`, with the document of its default version. */
export function policyRows(policy: z.infer<typeof policySchema>, reading: EntityReading): void {
  const { arn, name } = reading.arn;
  const isAws = isAwsManagedPolicy(arn);
  if (isAws && !isNewest(policy, reading)) return;
  const problem = (what: string): void => reading.problem(['roles'], what);
  const versions = readEach(policy.PolicyVersionList, versionSchema, 'PolicyVersionList', problem);
  const current = versions.find(({ VersionId }) => VersionId === policy.DefaultVersionId);
  if (current === undefined)
    problem(`PolicyVersionList: expected the default version ${policy.DefaultVersionId ?? ''}`);
  reading.emit('roles', {
    uid: arn,
    system: 'aws',
    scopeUid: isAws ? AWS_SCOPE_UID : reading.scopeUid,
    kind: 'managed-policy',
    name,
    managedBy: isAws ? 'provider' : 'customer',
    createdAt: readInstant(policy.CreateDate, 'CreateDate', problem),
    ...(current === undefined
      ? { document: null, breadth: null }
      : policyContent(current.Document, `the document of ${current.VersionId}`, reading)),
    raw: {
      PolicyId: policy.PolicyId,
      DefaultVersionId: policy.DefaultVersionId,
      UpdateDate: readInstant(policy.UpdateDate, 'UpdateDate', problem),
      // How often AWS's own policies are attached differs by account.
      ...(isAws
        ? {}
        : {
            AttachmentCount: policy.AttachmentCount,
            PermissionsBoundaryUsageCount: policy.PermissionsBoundaryUsageCount,
          }),
    },
  });
}

/** AWS's own policies are in every account's export: the newest one counts, and only once. */
function isNewest(
  { DefaultVersionId }: z.infer<typeof policySchema>,
  { arn, estate }: EntityReading,
): boolean {
  const newest = estate.newestVersion(arn.arn) ?? 0;
  return versionNumber(DefaultVersionId ?? '') >= newest && estate.marks.set(arn.arn, 'read');
}

/** The number of a version (`v12`: 12); 0 where it is none. */
export function versionNumber(versionId: string): number {
  return Number(/^v(\d{1,9})(?:\.|$)/u.exec(versionId)?.[1] ?? 0);
}
