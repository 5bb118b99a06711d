import { environmentOf } from '#collectors/shared/environment.ts';
import { z } from 'zod';
import type { Json } from '#model/system.ts';
import { classifyRole, isPermissionSet, isServiceLinked } from '../classify/role.ts';
import { daysBefore } from '../instant.ts';
import { readDocument } from '../policies/document.ts';
import { readStatements } from '../policies/statements.ts';
import { tagSchema, tagsOf } from '../tags.ts';
import { readTrusts, type ReadTrusts } from '../trust/trusts.ts';
import { entityArn, optionalId } from './entity-arn.ts';
import { readEach, readInstant, readOne, type EntityReading } from './entity.ts';
import { attachedPolicies, inlinePolicies, permissionsBoundary } from './grants.ts';
import { ownersFromTags } from './owners.ts';

/** What a role must have to be one. */
export const roleSchema = z.object({
  Arn: entityArn('role'),
  RoleId: optionalId,
  CreateDate: z.unknown().optional(),
  AssumeRolePolicyDocument: z.unknown().optional(),
  InstanceProfileList: z.unknown().optional(),
  RolePolicyList: z.unknown().optional(),
  AttachedManagedPolicies: z.unknown().optional(),
  PermissionsBoundary: z.unknown().optional(),
  Tags: z.unknown().optional(),
  RoleLastUsed: z.unknown().optional(),
});

const profileSchema = z.object({ Arn: z.string().min(1), InstanceProfileName: z.string().min(1) });

/** The rows of a role of `RoleDetailList`. */
export function roleRows(role: z.infer<typeof roleSchema>, reading: EntityReading): void {
  const { arn, emit, problem, scopeUid, account } = reading;
  const identityProblem = (what: string): void => problem(['identities'], what);
  const tags = tagsOf(readEach(role.Tags, tagSchema, 'Tags', identityProblem));
  const environment = environmentOf(tags);
  const profiles = readEach(role.InstanceProfileList, profileSchema, 'InstanceProfileList', (what) =>
    problem(['workloads'], what),
  );
  account.hasTags ||= role.Tags !== undefined;

  const trusts = trustRows(role, reading);
  emit('identities', {
    uid: arn.arn,
    system: 'aws',
    scopeUid,
    kind: 'iam-role',
    name: arn.name,
    ...classifyRole({ ...arn, hasInstanceProfile: profiles.length > 0, trusts, tags }),
    managedBy: isServiceLinked(arn.path) || isPermissionSet(arn.path) ? 'provider' : 'customer',
    // A role has no switch: whoever it trusts can take it.
    enabled: true,
    createdAt: readInstant(role.CreateDate, 'CreateDate', identityProblem),
    tags,
    environment,
    providerId: role.RoleId,
    raw: lastUsedRegion(role.RoleLastUsed),
  });
  ownersFromTags(arn.arn, tags, reading);
  for (const { Arn, InstanceProfileName: name } of profiles) {
    emit('workloads', {
      uid: Arn,
      system: 'aws',
      scopeUid,
      identityUid: arn.arn,
      kind: 'instance-profile',
      name,
      environment,
    });
  }
  const holder = { arn: arn.arn, kind: 'identity' } as const;
  attachedPolicies(role.AttachedManagedPolicies, holder, reading);
  inlinePolicies(role.RolePolicyList, 'RolePolicyList', holder, reading);
  permissionsBoundary(role.PermissionsBoundary, arn.arn, reading);
  lastUse(role, reading);
}

/** The trust policy whole, and each trust by itself; null: not understood. */
function trustRows(
  { AssumeRolePolicyDocument }: z.infer<typeof roleSchema>,
  { arn: { arn }, estate, scopeUid, emit, problem }: EntityReading,
): ReadTrusts['trusts'] | null {
  const { document, problem: unreadable } = readDocument(AssumeRolePolicyDocument);
  emit('resourcePolicies', {
    uid: `${arn}/trust`,
    system: 'aws',
    scopeUid,
    resourceUid: arn,
    kind: 'trust',
    document,
  });
  if (document === null) {
    problem(['trusts', 'resource-policies'], `AssumeRolePolicyDocument: ${unreadable}`);
    return null;
  }
  const { statements, problems } = readStatements(document);
  const read = readTrusts({ arn, scopeUid, ownAccounts: estate.ownAccounts }, statements);
  for (const trust of read.trusts) emit('trusts', trust);
  for (const text of [...problems, ...read.problems])
    problem(['trusts'], `AssumeRolePolicyDocument: ${text}`);
  return problems.length > 0 && read.trusts.length === 0 ? null : read.trusts;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html#access-advisor_tracking-period */
const TRACKED_DAYS = 400;

const lastUsedSchema = z.object({ LastUsedDate: z.unknown().optional(), Region: z.string().nullish() });

/** `RoleLastUsed` without a date means no use in the tracking period; a role without the field was not measured. */
function lastUse(
  role: z.infer<typeof roleSchema>,
  { arn, estate, account, scopeUid, emit, problem }: EntityReading,
): void {
  const usageProblem = (what: string): void => problem(['usages'], what);
  const used = readOne(role.RoleLastUsed, lastUsedSchema, 'RoleLastUsed', usageProblem);
  const lastUsedAt = readInstant(used?.LastUsedDate, 'RoleLastUsed.LastUsedDate', usageProblem);
  const isUnreadable = lastUsedAt === null && (used?.LastUsedDate ?? null) !== null;
  if (used === null || isUnreadable) {
    account.rolesWithoutLastUse++;
    return;
  }
  account.rolesWithLastUse++;
  emit('usages', {
    system: 'aws',
    scopeUid,
    identityUid: arn.arn,
    credentialUid: null,
    subject: 'identity',
    permission: null,
    lastUsedAt,
    windowStart: daysBefore(estate.asOf, TRACKED_DAYS),
    windowEnd: estate.asOf,
    source: 'aws:role-last-used',
    blindSpots: ['use before the last 400 days', 'use in the last hours before the export'],
  });
}

function lastUsedRegion(value: unknown): Json {
  const parsed = lastUsedSchema.safeParse(value);
  return parsed.success && typeof parsed.data.Region === 'string'
    ? { RoleLastUsedRegion: parsed.data.Region }
    : null;
}
