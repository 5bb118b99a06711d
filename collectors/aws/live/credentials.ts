import type { LiveContext } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import type { Reply, Session } from './session.ts';

/** Keys for signing requests; they never leave the process. */
interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives keys that are valid now. */
export type CredentialsOf = () => Promise<Keys>;

/** The credentials that the target starts from: those of the environment or of its profile, as the AWS CLI finds them. */
export function startingCredentials(
  { profile, regions }: AwsTarget,
  { environment }: Pick<LiveContext, 'environment'>,
): CredentialsOf {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment;
  if (profile === null && id !== undefined && secret !== undefined) {
    const keys = { accessKeyId: id, secretAccessKey: secret };
    return () => Promise.resolve(token === undefined ? keys : { ...keys, sessionToken: token });
  }
  let chain: Promise<CredentialsOf> | null = null;
  return async () => {
    chain ??= import('@aws-sdk/credential-providers').then(({ fromNodeProviderChain }) =>
      fromNodeProviderChain({
        ...(profile === null ? {} : { profile }),
        clientConfig: { region: regions[0] ?? 'us-east-1' },
      }),
    );
    return (await chain)();
  };
}

/** A session's keys are fetched anew this long before they end. */
const MARGIN = 300_000;

/** The credentials of a role that is assumed when they are first needed, and again before they end. */
export function assumedCredentials(
  from: Session,
  roleArn: string,
  { externalId, regions }: AwsTarget,
  { clock }: Pick<LiveContext, 'clock'>,
): CredentialsOf {
  let held: Promise<Keys> | null = null;
  let until = 0;
  return () => {
    if (held !== null && clock.now() < until) return held;
    until = clock.now() + MARGIN;
    const input = {
      RoleArn: roleArn,
      RoleSessionName: 'nhi-auditor',
      ...(externalId === null ? {} : { ExternalId: externalId }),
    };
    held = from.call('sts:AssumeRole', input, regions[0]).then((reply) => {
      const keys = keysOf(reply);
      until = (keys.expiration?.getTime() ?? 0) - MARGIN;
      return keys;
    });
    // Who asks next tries again.
    held.catch(() => (held = null));
    return held;
  };
}

function keysOf({ Credentials: given }: Reply): Keys {
  const keys = new Map(typeof given === 'object' && given !== null ? Object.entries(given) : []);
  const [id, secret, token, end] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'].map(
    (key): unknown => keys.get(key),
  );
  if (typeof id !== 'string' || typeof secret !== 'string' || typeof token !== 'string') {
    throw new CallError(callFailure('malformed', 'AssumeRole gave no credentials'));
  }
  const expiration = end instanceof Date ? { expiration: end } : {};
  return { accessKeyId: id, secretAccessKey: secret, sessionToken: token, ...expiration };
}
