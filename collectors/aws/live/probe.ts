import type { LiveContext, Probe } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { CallError } from '#collectors/shared/live/call-error.ts';
import { CALLS_OF_ACCOUNT, CALLS_OF_LAST_ACCESSED, CALLS_OF_ORGANIZATION } from './all-calls.ts';
import { operationOf, permissionOf, type Call } from './calls.ts';
import { assumedCredentials } from './credentials.ts';
import { merge } from './merge.ts';
import { signIn } from './read.ts';
import type { Reply, Session } from './session.ts';

/**
 * Makes the cheapest form of each list that a scan reads, in the account of the credentials, and tries the role of each
 * member account that is named. What needs the name of something is not asked: one list's answer says enough.
 */
export async function* probe(target: AwsTarget, context: LiveContext): AsyncGenerator<Probe> {
  const home = await signIn(target, context);
  try {
    const calls = [
      ...CALLS_OF_ACCOUNT,
      ...(target.lastAccessed ? CALLS_OF_LAST_ACCESSED : []),
      ...CALLS_OF_ORGANIZATION,
    ];
    yield* merge(
      [...new Set(calls)].map((call) => () => once(() => ask(home.session, call, target))),
      target.concurrency,
    );
    const members = target.accounts === 'organization' ? [] : target.accounts;
    for (const id of members.filter((member) => member !== home.accountId)) {
      const role = `arn:${home.partition}:iam::${id}:role/${target.memberRole}`;
      const credentials = assumedCredentials(home.session, role, target, context);
      yield await outcome('sts:AssumeRole', role, async () => {
        await credentials();
        return {};
      });
    }
  } finally {
    home.session.connections.close();
  }
}

async function* once<T>(work: () => Promise<T>): AsyncGenerator<T> {
  yield await work();
}

/** What a list needs to be asked for at all, and asks for as little as it can. */
const INPUTS: Readonly<Record<string, Reply>> = {
  'iam:GetAccountAuthorizationDetails': { MaxItems: 1, Filter: ['Role'] },
  'cloudtrail:LookupEvents': { MaxResults: 1 },
  'ec2:DescribeLaunchTemplateVersions': { Versions: ['$Default'] },
  'organizations:ListPolicies': { Filter: 'SERVICE_CONTROL_POLICY' },
};

/** Operations that can be asked without naming anything. */
const PLAIN =
  /:(?:List|GetCredentialReport|GetAccountAuthorizationDetails|GetJobs|GetDevEndpoints|DescribeInstances|DescribeLaunch|DescribeOrganization|Lookup|DescribeParameters)/u;
const NEEDS_NAME =
  /^identitystore:|:(?:ListFindings|ListAccessEntries|ListNodegroups|ListPodIdentity|List\w*ForParent|ListTargetsForPolicy|ListAccessKeys|ListMFADevices|ListSSH|ListServiceSpecific|ListSigning|ListGrants|ListAccountAssignments|ListPermissionSets)/u;

async function ask(session: Session, call: Call, target: AwsTarget): Promise<Probe> {
  if (!PLAIN.test(call) || NEEDS_NAME.test(call)) {
    return {
      call,
      permission: permissionOf(call),
      status: 'unknown',
      detail: 'it cannot be asked about nothing',
    };
  }
  const isGlobal = ['iam', 'organizations', 's3', 'cloudtrail'].includes(operationOf(call).service);
  const region = isGlobal ? undefined : target.regions[0];
  return outcome(call, null, () => session.call(call, INPUTS[call] ?? {}, region));
}

async function outcome(call: Call, detail: string | null, work: () => Promise<Reply>): Promise<Probe> {
  const permission = permissionOf(call);
  try {
    await work();
    return { call, permission, status: 'allowed', detail };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, detail: said } = error.failure;
    const words = detail === null ? said : `${detail}: ${said}`;
    if (kind === 'denied') return { call, permission, status: 'denied', detail: words };
    // An answer about what is not there was given to somebody who may ask.
    return { call, permission, status: kind === 'missing' ? 'allowed' : 'unknown', detail: words };
  }
}
