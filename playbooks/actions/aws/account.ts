import type { IAM } from '@aws-sdk/client-iam';
import { createCaller, type Caller } from '#collectors/shared/live/caller.ts';
import { ActionError, type ActingContext, type Receipt } from '#contract/action.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { acting, orAbsent } from '../shared/action-error.ts';
import { NOT_TAKEN } from '../shared/write-http.ts';
import { clientSettings } from './client-settings.ts';
import { credentialsIn } from './credentials.ts';
import { failureOf, missingPermission } from './failure.ts';
import { actedOn, type PrincipalArn } from './iam-arn.ts';

/** What each call of the SDK is given besides its input. */
export interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** An account of AWS with credentials that act in it. Every call throws `CallError` for a failure that stays. */
export interface Account {
  /** Asks; tried again where that can help. */
  readonly ask: <T>(call: (iam: IAM, options: CallOptions) => Promise<T>) => Promise<T>;
  /** Changes something; sent again only where AWS did not take it. */
  readonly change: (call: (iam: IAM, options: CallOptions) => Promise<Change>) => Promise<Receipt>;
  /** The immutable id of the user or role that is acted on; null: it is not there. */
  readonly id: () => Promise<string | null>;
  readonly principal: PrincipalArn;
}

interface Change {
  readonly $metadata: { readonly requestId?: string | undefined };
}

/** For a change that was not needed: no request was made. */
export const NOTHING_TO_DO: Receipt = { requestId: null };

/**
 * Runs `work` in the account of the user or role with this ARN, and in no other. Throws ActionError: `refused` where the
 * credentials are of another account, or of that very identity.
 */
export async function inAccountOf<T>(
  arn: string,
  context: ActingContext,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  const principal = actedOn(arn);
  const target = awsTarget(context);
  return acting(async () => {
    const asking = createCaller(context, { concurrency: target.concurrency, failureOf });
    const changing = createCaller(context, { concurrency: target.concurrency, failureOf, again: NOT_TAKEN });
    const credentials = await credentialsIn(principal, target, context, asking);
    const { IAM } = await import('@aws-sdk/client-iam');
    const iam = new IAM({ ...clientSettings(target), credentials });
    try {
      return await work(accountOf(principal, iam, asking, changing));
    } finally {
      iam.destroy();
    }
  }, missingPermission);
}

function accountOf(principal: PrincipalArn, iam: IAM, asking: Caller, changing: Caller): Account {
  const key = `iam@${principal.accountId}`;
  const ask: Account['ask'] = (call) => asking.call(key, (abortSignal) => call(iam, { abortSignal }));
  return {
    principal,
    ask,
    id: () => idOf(principal, ask),
    change: async (call) => {
      const { $metadata } = await changing.call(key, (abortSignal) => call(iam, { abortSignal }));
      return { requestId: $metadata.requestId ?? null };
    },
  };
}

async function idOf({ type, name }: PrincipalArn, ask: Account['ask']): Promise<string | null> {
  if (type === 'user') {
    const found = await orAbsent(ask((iam, options) => iam.getUser({ UserName: name }, options)));
    return found?.User?.UserId ?? null;
  }
  const found = await orAbsent(ask((iam, options) => iam.getRole({ RoleName: name }, options)));
  return found?.Role?.RoleId ?? null;
}

function awsTarget({ target }: ActingContext): AwsTarget {
  if (target.system === 'aws') return target;
  throw new ActionError('refused', `${target.system} is not AWS`);
}
