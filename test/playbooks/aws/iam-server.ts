import { defaultTarget } from '#config/targets.ts';
import type { ActingContext } from '#contract/action.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { startServer, xml, xmlError, type AwsServer } from '../../collectors/aws/live/server.ts';
import { liveContext } from '../../collectors/live-context.ts';

export const USER = 'arn:aws:iam::111111111111:user/app';
export const KEY = 'AKIAIOSFODNN7EXAMPLE';

/** A server of AWS that knows one access key of the user `app` and keeps its state. */
export interface IamServer {
  readonly aws: AwsServer;
  /** null: it is gone. */
  status: 'Active' | 'Inactive' | null;
  readonly context: ActingContext;
  /** The calls to IAM, in order. */
  readonly calls: () => string[];
}

/** Starts one on the loopback for this test, as seen by the caller with this ARN. */
export async function iamServer(
  target: Partial<AwsTarget> = {},
  callerArn = 'arn:aws:sts::111111111111:assumed-role/revoker/nhi',
): Promise<IamServer> {
  const aws = await startServer();
  // The default of a system is a target of that system.
  const base = defaultTarget('aws') as AwsTarget;
  const environment = { AWS_ACCESS_KEY_ID: 'starting', AWS_SECRET_ACCESS_KEY: 'secret' };
  const server: IamServer = {
    aws,
    status: 'Active',
    context: { ...liveContext({ environment }), target: { ...base, endpoint: aws.endpoint, ...target } },
    calls: () => aws.received.map(({ call }) => call).filter((call) => call.startsWith('iam:')),
  };
  aws.on('sts:GetCallerIdentity', ({ key }) => {
    const account = /^member-(\d{12})$/u.exec(key)?.[1] ?? callerArn.split(':')[4] ?? '';
    const arn = key.startsWith('member-') ? `arn:aws:sts::${account}:assumed-role/nhi/x` : callerArn;
    return xml('GetCallerIdentity', `<Arn>${arn}</Arn><UserId>A</UserId><Account>${account}</Account>`);
  });
  aws.on('sts:AssumeRole', ({ input }) => {
    const account = String(input['RoleArn']).split(':')[4] ?? '';
    const keys = `<AccessKeyId>member-${account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>`;
    const rest = '<SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration>';
    return xml('AssumeRole', `<Credentials>${keys}${rest}</Credentials>`);
  });
  aws.on('iam:ListAccessKeys', () => {
    const key = `<member><AccessKeyId>${KEY}</AccessKeyId><Status>${server.status}</Status></member>`;
    const list = server.status === null ? '' : key;
    return xml('ListAccessKeys', `<AccessKeyMetadata>${list}</AccessKeyMetadata>`);
  });
  aws.on('iam:UpdateAccessKey', ({ input }) => {
    if (server.status === null) return xmlError(404, 'NoSuchEntity');
    server.status = input['Status'] === 'Active' ? 'Active' : 'Inactive';
    return xml('UpdateAccessKey', '');
  });
  aws.on('iam:DeleteAccessKey', () => {
    if (server.status === null) return xmlError(404, 'NoSuchEntity');
    server.status = null;
    return xml('DeleteAccessKey', '');
  });
  return server;
}
