import type { PermissionDocument } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { CALLS_OF_ACCOUNT, CALLS_OF_LAST_ACCESSED, CALLS_OF_ORGANIZATION } from './all-calls.ts';
import { permissionOf, type Call } from './calls.ts';

/**
 * What reads secrets or acts as somebody else: denied, so that no other policy of the role can ever give it.
 */
const DENIED = [
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'bedrock-agentcore:GetWorkloadAccessToken',
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
  'kms:Decrypt',
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
] as const;

/** The policies that the target's roles need: for the account of the credentials, and for each member account. */
export function permissions(target: AwsTarget): readonly PermissionDocument[] {
  const account = [...CALLS_OF_ACCOUNT, ...(target.lastAccessed ? CALLS_OF_LAST_ACCESSED : [])];
  const hasMembers = target.accounts === 'organization' || target.accounts.length > 0;
  const home = document(
    hasMembers
      ? 'IAM policy for the credentials that are signed in with, in the management account or that of a delegated administrator'
      : 'IAM policy for the credentials that are signed in with',
    [...account, ...CALLS_OF_ORGANIZATION],
    hasMembers ? memberRoles(target) : [],
  );
  const start =
    target.roleArn === null
      ? []
      : [document('IAM policy for who assumes the role of the target', [], [target.roleArn])];
  const member = hasMembers
    ? [document(`IAM policy for the role ${target.memberRole} of each member account`, account, [])]
    : [];
  return [...start, home, ...member];
}

function memberRoles({ accounts, memberRole, regions }: AwsTarget): readonly string[] {
  const partition = (regions[0] ?? '').startsWith('cn-')
    ? 'aws-cn'
    : (regions[0] ?? '').startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  const ids = accounts === 'organization' ? ['*'] : accounts;
  return ids.map((id) => `arn:${partition}:iam::${id}:role/${memberRole}`);
}

function document(title: string, calls: readonly Call[], roles: readonly string[]): PermissionDocument {
  const actions = [...new Set(calls.flatMap((call) => permissionOf(call) ?? []))].toSorted();
  const statements = [
    ...(actions.length === 0 ? [] : [{ Sid: 'Read', Effect: 'Allow', Action: actions, Resource: '*' }]),
    ...(roles.length === 0
      ? []
      : [{ Sid: 'AssumeRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roles }]),
    { Sid: 'ReadNoSecrets', Effect: 'Deny', Action: DENIED, Resource: '*' },
  ];
  return {
    title,
    extension: 'json',
    text: `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)}\n`,
    permissions: [...actions, ...(roles.length === 0 ? [] : ['sts:AssumeRole'])].toSorted(),
  };
}
