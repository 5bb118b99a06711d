import { environmentOf } from '#collectors/shared/environment.ts';
import { z } from 'zod';
import { classifyRoot, classifyUser } from '../classify/user.ts';
import type { ReportedUser, UserEvidence } from '../credentials/evidence.ts';
import { credentialRows, isEnabled } from '../credentials/rows.ts';
import { tally } from '../intake/accounts.ts';
import { tagSchema, tagsOf } from '../tags.ts';
import { entityArn, optionalId } from './entity-arn.ts';
import { readEach, readInstant, type EntityReading } from './entity.ts';
import { attachedPolicies, inlinePolicies, permissionsBoundary } from './grants.ts';
import { ownersFromTags } from './owners.ts';

/** What a user must have to be one. */
export const userSchema = z.object({
  Arn: entityArn('user'),
  UserId: optionalId,
  CreateDate: z.unknown().optional(),
  GroupList: z.unknown().optional(),
  UserPolicyList: z.unknown().optional(),
  AttachedManagedPolicies: z.unknown().optional(),
  PermissionsBoundary: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

const groupNameSchema = z.string().min(1);

/** The rows of a user of `UserDetailList`. */
export function userRows(user: z.infer<typeof userSchema>, reading: EntityReading): void {
  const { arn, emit, problem, scopeUid, account, estate } = reading;
  const identityProblem = (what: string): void => problem(['identities'], what);
  const tags = tagsOf(readEach(user.Tags, tagSchema, 'Tags', identityProblem));
  account.hasTags ||= user.Tags !== undefined;
  const evidence = estate.evidenceOf(arn.arn);
  const signIn = signInOf(evidence);
  if (evidence.report === null && account.hasCredentialReport) tally(account.usersMissingInReport, arn.arn);

  emit('identities', {
    uid: arn.arn,
    system: 'aws',
    scopeUid,
    kind: 'iam-user',
    name: arn.name,
    ...classifyUser(signIn, { ...arn, tags }),
    managedBy: 'customer',
    enabled: isEnabled(evidence),
    createdAt: readInstant(user.CreateDate, 'CreateDate', identityProblem),
    tags,
    environment: environmentOf(tags),
    providerId: user.UserId,
    raw: signIn.hasMfa === null ? null : { mfa_active: signIn.hasMfa },
  });
  ownersFromTags(arn.arn, tags, reading);
  memberships(user.GroupList, reading);
  const holder = { arn: arn.arn, kind: 'identity' } as const;
  attachedPolicies(user.AttachedManagedPolicies, holder, reading);
  inlinePolicies(user.UserPolicyList, 'UserPolicyList', holder, reading);
  permissionsBoundary(user.PermissionsBoundary, arn.arn, reading);
  credentials(arn.arn, evidence, reading);
}

/** The rows of a user, or of the root user, that only a credential report has. */
export function reportedUserRows(report: ReportedUser, reading: EntityReading): void {
  const { arn, estate, emit, scopeUid } = reading;
  const evidence = estate.evidenceOf(arn.arn);
  const isRoot = arn.type === 'root';
  const activeKeys = report.keys.filter((key) => key?.active === true).length;
  emit('identities', {
    uid: arn.arn,
    system: 'aws',
    scopeUid,
    kind: isRoot ? 'root-user' : 'iam-user',
    name: isRoot ? 'root' : arn.name,
    ...(isRoot ? classifyRoot(activeKeys) : classifyUser(signInOf(evidence), { ...arn, tags: {} })),
    managedBy: 'customer',
    enabled: isEnabled(evidence),
    createdAt: report.createdAt,
    tags: {},
    environment: null,
    providerId: null,
    raw: { mfa_active: report.hasMfa },
  });
  credentials(arn.arn, evidence, reading);
}

function credentials(
  user: string,
  evidence: UserEvidence,
  { emit, problem, scopeUid, estate }: EntityReading,
): void {
  const rows = credentialRows(user, scopeUid, evidence, estate.asOf);
  for (const row of rows.credentials) emit('credentials', row);
  for (const row of rows.usages) emit('usages', row);
  for (const what of rows.problems) problem(['credentials'], what);
}

function memberships(
  groupList: unknown,
  { arn, emit, problem, scopeUid, account, estate }: EntityReading,
): void {
  const names = readEach(groupList, groupNameSchema, 'GroupList', (what) => problem(['groups'], what));
  for (const name of new Set(names)) {
    const groupArn = estate.groupArn(account.accountId, name);
    if (groupArn === null) problem(['groups', 'grants'], `GroupList: the group ${name} is not in the export`);
    emit('memberships', {
      groupUid: groupArn ?? `arn:${arn.partition}:iam::${account.accountId}:group/${name}`,
      memberUid: arn.arn,
      memberKind: 'identity',
      system: 'aws',
      scopeUid,
    });
  }
}

function signInOf({ report, keys, asked }: UserEvidence): Parameters<typeof classifyUser>[0] {
  const known = keys ?? report?.keys.filter((key) => key !== null) ?? null;
  return {
    hasPassword: report === null ? (asked?.hasPassword ?? null) : report.password !== null,
    hasMfa: report?.hasMfa ?? asked?.hasMfa ?? null,
    keys: known?.length ?? null,
    activeKeys: known?.filter(({ active }) => active).length ?? null,
  };
}
