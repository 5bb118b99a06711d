import type { LiveContext } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Scope } from '#model/scope.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { CallError } from '#collectors/shared/live/call-error.ts';
import { createMarks, type Marks } from '../intake/marks.ts';
import { AWS_SCOPE_UID } from '../rows/grants.ts';
import { startAccount } from './account.ts';
import { assumedCredentials, startingCredentials } from './credentials.ts';
import { findIdentityCenter, type FoundCenter } from './identity-center/center.ts';
import { merge } from './merge.ts';
import { accountScope, readOrganization, type Organization } from './organization/organization.ts';
import { notRead, unreadableAccount } from './organization/coverage.ts';
import { textOf } from './parts.ts';
import { readAccount } from './read-account.ts';
import { createSession, type Session } from './session.ts';

/** Who the credentials are. */
interface Caller {
  readonly accountId: string;
  readonly partition: string;
  readonly session: Session;
}

/** What the readings of a target's accounts share. */
interface Shared {
  readonly target: AwsTarget;
  readonly context: LiveContext;
  readonly home: Caller;
  readonly organization: Organization;
  readonly identityCenter: FoundCenter;
  readonly marks: Marks;
  readonly ownAccounts: ReadonlySet<string>;
}

/** Yields the rows of all accounts of a target, a few accounts at once. One that cannot be read touches no other. */
export async function* read(target: AwsTarget, context: LiveContext): AsyncGenerator<readonly Observation[]> {
  const home = await signIn(target, context);
  try {
    context.progress('AWS Organizations');
    const organization = await readOrganization(home.session);
    const identityCenter = await findIdentityCenter(home.session, target);
    const ids = accountsOf(target, home, organization);
    const ownAccounts = new Set([...ids, ...organization.accounts.keys()]);
    const marks = createMarks();
    const shared: Shared = { target, context, home, organization, identityCenter, ownAccounts, marks };
    yield [
      observe('scopes', AWS_SCOPE),
      ...organization.scopes.map((row) => observe('scopes', row)),
      ...organization.guardrails.map((row) => observe('guardrails', row)),
      ...notRead(organization, new Set(ids)),
    ];
    yield* merge(
      ids.map((id) => () => readOne(shared, id)),
      target.accountsAtOnce,
    );
  } finally {
    home.session.connections.close();
  }
}

const AWS_SCOPE: Scope = {
  uid: AWS_SCOPE_UID,
  system: 'aws',
  kind: 'provider',
  name: 'Amazon Web Services',
  parentUid: null,
  environment: null,
  tags: {},
  raw: null,
};

/** Finds out who the credentials are, after the target's role was assumed. Throws CollectError where they are nobody's. */
export async function signIn(target: AwsTarget, context: LiveContext): Promise<Caller> {
  const starting = createSession(target, context, startingCredentials(target, context), 'start');
  const session =
    target.roleArn === null
      ? starting
      : createSession(
          target,
          context,
          assumedCredentials(starting, target.roleArn, target, context),
          'home',
          starting.connections,
        );
  try {
    const identity = await session.call('sts:GetCallerIdentity', {}, target.regions[0]);
    const accountId = textOf(identity, 'Account');
    if (accountId === null || !/^\d{12}$/u.test(accountId)) throw new CollectError('STS names no account');
    const partition = /^arn:([^:]+):/u.exec(textOf(identity, 'Arn') ?? '')?.[1] ?? 'aws';
    return { accountId, partition, session };
  } catch (error) {
    session.connections.close();
    if (!(error instanceof CallError)) throw error;
    throw new CollectError(
      `${target.name}: AWS does not say who the credentials are: ${error.failure.detail}`,
      {
        cause: error,
        hint:
          error.failure.kind === 'unreachable'
            ? "Check the network and the target's endpoint."
            : "Sign in, as `aws sts get-caller-identity` shows, or set the target's profile.",
      },
    );
  }
}

/** The account of the credentials first, then the members. */
function accountsOf(target: AwsTarget, { accountId }: Caller, { accounts }: Organization): readonly string[] {
  const members =
    target.accounts === 'organization'
      ? [...accounts.values()].filter(({ state }) => state === 'ACTIVE').map(({ id }) => id)
      : target.accounts;
  return [...new Set([accountId, ...members])];
}

async function* readOne(
  { target, context, home, organization, identityCenter, marks, ownAccounts }: Shared,
  id: string,
): AsyncGenerator<readonly Observation[]> {
  context.progress(`account ${id}`);
  yield [observe('scopes', accountScope(id, organization))];
  const { partition } = home;
  const role = `arn:${partition}:iam::${id}:role/${target.memberRole}`;
  const member = id === home.accountId ? null : assumedCredentials(home.session, role, target, context);
  const session =
    member === null ? home.session : createSession(target, context, member, id, home.session.connections);
  try {
    if (member !== null) await member();
    const account = startAccount({ id, partition, target, context, session, marks, ownAccounts });
    yield* readAccount(account, { organization, identityCenter, isHome: member === null });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    yield unreadableAccount(id, error.failure);
  }
}
