import type { STS, STSClientConfig } from '@aws-sdk/client-sts';
import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import type { Caller } from '#collectors/shared/live/caller.ts';
import { ActionError, type ActingContext } from '#contract/action.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { clientSettings } from './client-settings.ts';
import type { PrincipalArn } from './iam-arn.ts';

type Keys = NonNullable<STSClientConfig['credentials']>;

/**
 * Credentials of the account that a user or role is of: the target's own, or those of its role for member accounts.
 * Throws ActionError `refused` where they turn out to be of another account, or to be that user or role itself.
 */
export async function credentialsIn(
  object: PrincipalArn,
  target: AwsTarget,
  { environment }: Pick<ActingContext, 'environment'>,
  caller: Caller,
): Promise<Keys> {
  let keys = await startingKeys(target, environment);
  if (target.roleArn !== null) keys = await assume(target.roleArn, keys, target, caller);
  let who = await callerOf(keys, target, caller);
  if (who.accountId !== object.accountId && isMember(object.accountId, target)) {
    const role = `arn:${object.partition}:iam::${object.accountId}:role/${target.memberRole}`;
    keys = await assume(role, keys, target, caller);
    who = await callerOf(keys, target, caller);
  }
  if (who.accountId !== object.accountId) {
    const { accountId } = object;
    throw new ActionError(
      'refused',
      `the credentials are of the account ${who.accountId}, not of ${accountId}`,
    );
  }
  if (isSame(who.arn, object)) {
    throw new ActionError('refused', `${object.arn} is whom these credentials are of`);
  }
  return keys;
}

function isMember(accountId: string, { accounts }: AwsTarget): boolean {
  return accounts === 'organization' || accounts.includes(accountId);
}

/** A role's session is named by the role's name alone, without its path. */
function isSame(callerArn: string, { arn, accountId, type, name }: PrincipalArn): boolean {
  return type === 'user' ? callerArn === arn : callerArn.includes(`:sts::${accountId}:assumed-role/${name}/`);
}

async function startingKeys(
  { profile, regions }: AwsTarget,
  environment: ActingContext['environment'],
): Promise<Keys> {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment;
  if (profile === null && id !== undefined && secret !== undefined) {
    const keys = { accessKeyId: id, secretAccessKey: secret };
    return token === undefined ? keys : { ...keys, sessionToken: token };
  }
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  return fromNodeProviderChain({
    ...(profile === null ? {} : { profile }),
    clientConfig: { region: regions[0] ?? 'us-east-1' },
  });
}

async function assume(role: string, from: Keys, target: AwsTarget, caller: Caller): Promise<Keys> {
  const { externalId } = target;
  const { Credentials: given } = await withSts(from, target, (sts) =>
    caller.call('sts', (abortSignal) =>
      sts.assumeRole(
        {
          RoleArn: role,
          RoleSessionName: 'nhi-auditor-revoke',
          ...(externalId === null ? {} : { ExternalId: externalId }),
        },
        { abortSignal },
      ),
    ),
  );
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = given ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
    throw new CallError(callFailure('malformed', 'AssumeRole gave no credentials'));
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}

async function callerOf(
  keys: Keys,
  target: AwsTarget,
  caller: Caller,
): Promise<{ readonly accountId: string; readonly arn: string }> {
  const { Account: accountId, Arn: arn } = await withSts(keys, target, (sts) =>
    caller.call('sts', (abortSignal) => sts.getCallerIdentity({}, { abortSignal })),
  );
  if (accountId === undefined || arn === undefined) {
    throw new CallError(callFailure('malformed', 'GetCallerIdentity named no account'));
  }
  return { accountId, arn };
}

async function withSts<T>(credentials: Keys, target: AwsTarget, work: (sts: STS) => Promise<T>): Promise<T> {
  const { STS } = await import('@aws-sdk/client-sts');
  const sts = new STS({ ...clientSettings(target), region: target.regions[0] ?? 'us-east-1', credentials });
  try {
    return await work(sts);
  } finally {
    sts.destroy();
  }
}
