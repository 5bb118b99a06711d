import { awsAccountUid } from '#model/uid.ts';
import { parseIamArn } from '../../arn.ts';
import { ENTITIES } from '../../rows/entities.ts';
import type { EntityReading } from '../../rows/entity.ts';
import type { AccountReading } from '../account.ts';
import { listOf, memberOf, partOf, textOf } from '../parts.ts';

/** The managed policies that an entity of authorization details names, its permissions boundary among them. */
export function policiesNamedBy(entity: unknown): readonly string[] {
  const attached = listOf(entity, 'AttachedManagedPolicies').map((one) => textOf(one, 'PolicyArn'));
  const boundary = textOf(memberOf(entity, 'PermissionsBoundary'), 'PermissionsBoundaryArn');
  return [...attached, boundary].filter((arn) => arn !== null);
}

/**
 * Reads the policies that authorization details left out: those that are a permissions boundary and attached nowhere.
 * One that cannot be read stays unknown, so that the row of who names it says so.
 */
export async function fetchPolicies(account: AccountReading, arns: readonly string[]): Promise<void> {
  const missing = [...new Set(arns)].filter((arn) => !account.intake.marks.has(arn, 'known'));
  await Promise.all(missing.map((arn) => fetchPolicy(account, arn)));
}

async function fetchPolicy(account: AccountReading, arn: string): Promise<void> {
  const { intake } = account;
  const about = { about: arn };
  const policy = partOf(await account.call(['roles'], 'iam:GetPolicy', { PolicyArn: arn }, about), 'Policy');
  const VersionId = textOf(policy, 'DefaultVersionId');
  if (VersionId === null) return;
  const reply = await account.call(['roles'], 'iam:GetPolicyVersion', { PolicyArn: arn, VersionId }, about);
  if (reply === null) return;
  // In the shape of authorization details.
  const element = { ...policy, PolicyVersionList: [{ ...partOf(reply, 'PolicyVersion'), VersionId }] };
  const problem: EntityReading['problem'] = (feeds, what) =>
    account.lost(feeds, 'iam:GetPolicyVersion', `${arn}: ${what}`);
  const entity = ENTITIES.Policies(element);
  if (entity.problem !== null || entity.arn.arn !== arn) {
    return problem(['roles'], entity.problem ?? 'another policy was given');
  }
  if (!intake.marks.set(arn, 'known')) return;
  const isOwn = parseIamArn(arn)?.accountId !== null;
  if (isOwn && !intake.marks.set(arn, 'read')) return;
  entity.rows({
    arn: entity.arn,
    estate: {
      asOf: account.context.asOf,
      ownAccounts: account.ownAccounts,
      marks: intake.marks,
      groupArn: () => null,
      newestVersion: () => null,
      evidenceOf: () => ({ report: null, keys: null }),
    },
    account: intake.accounts.of(account.id),
    scopeUid: awsAccountUid(account.id),
    emit: intake.rows.emit,
    problem,
  });
}
