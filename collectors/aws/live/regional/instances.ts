import type { Observation } from '#model/record.ts';
import type { AccountReading } from '../account.ts';
import { merge } from '../merge.ts';
import { listOf, partOf, textOf } from '../parts.ts';
import { holderRows, WORKLOADS } from './holders.ts';

/** The role of an instance profile, by the profile's ARN or name; null: not known. */
type RoleOfProfile = (profile: unknown) => string | null;

/** Yields what of EC2 runs with roles, in every Region: instances name profiles, which hold the roles. */
export async function* readMachines(account: AccountReading): AsyncGenerator<readonly Observation[]> {
  const roleOf = await readProfiles(account);
  const sources = account.target.regions.flatMap((region) => [
    () => readInstances(account, region, roleOf),
    () => readLaunchTemplates(account, region, roleOf),
  ]);
  yield* merge<readonly Observation[]>(sources, sources.length);
}

/** Reads which instance profile holds which role. */
async function readProfiles(account: AccountReading): Promise<RoleOfProfile> {
  const roles = new Map<string, string>();
  for await (const page of account.pages(WORKLOADS, 'iam:ListInstanceProfiles', { MaxItems: 1000 })) {
    for (const profile of listOf(page, 'InstanceProfiles')) {
      const role = textOf(listOf(profile, 'Roles')[0], 'Arn');
      for (const key of ['Arn', 'InstanceProfileName']) {
        const name = textOf(profile, key);
        if (name !== null && role !== null) roles.set(name, role);
      }
    }
  }
  return (profile) =>
    roles.get(textOf(profile, 'Arn') ?? '') ?? roles.get(textOf(profile, 'Name') ?? '') ?? null;
}

const INSTANCES = 'ec2:DescribeInstances';

/** Yields the instances that run with a role. */
async function* readInstances(
  account: AccountReading,
  region: string,
  roleOf: RoleOfProfile,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(WORKLOADS, INSTANCES, { MaxResults: 500 }, { region })) {
    for (const instance of listOf(page, 'Reservations').flatMap((one) => listOf(one, 'Instances'))) {
      if (textOf(partOf(instance, 'State'), 'Name') === 'terminated') continue;
      const id = textOf(instance, 'InstanceId');
      const profile = partOf(instance, 'IamInstanceProfile');
      const role = roleOf(profile);
      if (role === null && textOf(profile, 'Arn') !== null) {
        account.lost(
          WORKLOADS,
          INSTANCES,
          `${id ?? ''}: the role of ${textOf(profile, 'Arn') ?? ''} is not known`,
        );
      }
      holderRows(account, INSTANCES, {
        arn: id === null ? null : `arn:${account.partition}:ec2:${region}:${account.id}:instance/${id}`,
        name: id,
        kind: 'ec2-instance',
        roles: { '': role },
      });
    }
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}

const TEMPLATES = 'ec2:DescribeLaunchTemplateVersions';

/** Yields the launch templates whose default or latest version gives a role to what it launches. */
async function* readLaunchTemplates(
  account: AccountReading,
  region: string,
  roleOf: RoleOfProfile,
): AsyncGenerator<readonly Observation[]> {
  const held = new Set<string>();
  const input = { Versions: ['$Default', '$Latest'] };
  for await (const page of account.pages(WORKLOADS, TEMPLATES, input, { region })) {
    for (const version of listOf(page, 'LaunchTemplateVersions')) {
      const id = textOf(version, 'LaunchTemplateId');
      const role = roleOf(partOf(partOf(version, 'LaunchTemplateData'), 'IamInstanceProfile'));
      // Both versions of a template are there, and most have the same role.
      if (id === null || role === null || held.has(`${id} ${role}`)) continue;
      const arn = `arn:${account.partition}:ec2:${region}:${account.id}:launch-template/${id}`;
      const isFirst = ![...held].some((key) => key.startsWith(`${id} `));
      held.add(`${id} ${role}`);
      holderRows(account, TEMPLATES, {
        arn,
        name: textOf(version, 'LaunchTemplateName'),
        kind: 'ec2-launch-template',
        roles: { [isFirst ? '' : 'latest']: role },
      });
    }
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}
