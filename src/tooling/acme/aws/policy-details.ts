import { ago, awsTime } from '../clock.ts';
import { awsId } from '../seed.ts';
import type { Account } from './account.ts';
import { awsManagedStatements } from './managed-policies.ts';
import type { AccountSpec, PolicyDocument, PolicySpec, Statement } from './spec.ts';

/** The policies of an account with their versions: its own, and those of AWS that something there uses. */
export function policyDetails(account: Account, spec: AccountSpec): readonly object[] {
  const principals = [...spec.roles, ...spec.users];
  const attachments = count([...principals, ...spec.groups].flatMap(({ managed = [] }) => managed));
  const boundaries = count(principals.flatMap(({ boundary = [] }) => boundary));
  const own = new Map(spec.policies.map((policy) => [policy.name, policy]));
  return [...new Set([...own.keys(), ...attachments.keys()])].toSorted().map((name) => {
    const policy = own.get(name) ?? awsManaged(name);
    const versions = [...(policy.previous ?? []), policy.statements];
    const arn = policyArn(account, name);
    return {
      PolicyName: name.split('/').at(-1),
      PolicyId: awsId('ANPA', arn),
      Arn: arn,
      Path: `/${name
        .split('/')
        .slice(0, -1)
        .map((folder) => `${folder}/`)
        .join('')}`,
      DefaultVersionId: `v${versions.length}`,
      AttachmentCount: attachments.get(name) ?? 0,
      PermissionsBoundaryUsageCount: boundaries.get(name) ?? 0,
      IsAttachable: true,
      CreateDate: awsTime(ago(policy.age, arn)),
      UpdateDate: awsTime(versionTime(policy, arn, versions.length - 1)),
      PolicyVersionList: versions
        .map((statements, place) => ({
          Document: document(statements),
          VersionId: `v${place + 1}`,
          IsDefaultVersion: place === versions.length - 1,
          CreateDate: awsTime(versionTime(policy, arn, place)),
        }))
        .toReversed(),
    };
  });
}

/** The ARN of a policy that a principal names: AWS's own where AWS has one of that name, else the account's. */
export function policyArn(account: Account, name: string): string {
  const owner = awsManagedStatements(name) === undefined ? account.id : 'aws';
  return `arn:aws:iam::${owner}:policy/${name}`;
}

/** A policy document around statements. */
export function document(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

function awsManaged(name: string): PolicySpec {
  const statements = awsManagedStatements(name);
  if (statements === undefined) throw new Error(`${name} is attached, but nobody wrote that policy`);
  return { name, age: 3650, statements };
}

/** Each version is made at two thirds of the age of the one before. */
function versionTime(policy: PolicySpec, arn: string, place: number): Date {
  return ago(Math.floor(policy.age * (2 / 3) ** place), arn);
}

function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
