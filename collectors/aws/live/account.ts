import type { LiveContext } from '#contract/live.ts';
import type { Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { awsAccountUid } from '#model/uid.ts';
import { CallError, type CallFailure } from '#collectors/shared/live/call-error.ts';
import { gapOf } from '#collectors/shared/live/gap.ts';
import { coverageRow } from '../intake/gaps.ts';
import { createIntake, type Intake } from '../intake/intake.ts';
import type { Marks } from '../intake/marks.ts';
import { permissionOf, type Call } from './calls.ts';
import type { Reply, Session } from './session.ts';

/** One account that is being read. */
export interface AccountReading {
  readonly id: string;
  readonly scopeUid: Uid;
  readonly partition: string;
  readonly target: AwsTarget;
  readonly context: LiveContext;
  readonly session: Session;
  /** The account's own, but for the marks, which all accounts of the target share. */
  readonly intake: Intake;
  readonly ownAccounts: ReadonlySet<string>;
  /** A call for some feeds; null: it failed, which is taken down, or what it is about is not there. */
  readonly call: (
    feeds: readonly Feed[],
    call: Call,
    input: Reply,
    options?: CallOptions,
  ) => Promise<Reply | null>;
  /** The pages of a list for some feeds, up to the first that fails, which is taken down. */
  readonly pages: (
    feeds: readonly Feed[],
    call: Call,
    input: Reply,
    options?: CallOptions,
  ) => AsyncIterable<Reply>;
  /** Takes down that a call was made for feeds. */
  readonly tried: (feeds: readonly Feed[], call: Call) => void;
  /**
   * Takes down that `calls` were made about everything that `list` told, even where that was nothing; where the list
   * was not read whole, so were they not.
   */
  readonly follows: (feeds: readonly Feed[], list: Call, calls: readonly Call[]) => void;
  /** Takes down a failure of a call. */
  readonly failed: (feeds: readonly Feed[], call: Call, failure: CallFailure, options?: CallOptions) => void;
  /** Takes down that a part of a reply was not understood or not read. */
  readonly lost: (feeds: readonly Feed[], call: Call, what: string) => void;
  /** Says for every feed and call that was tried how it went. */
  readonly finish: () => void;
}

export interface CallOptions {
  readonly region?: string;
  /** Whose credentials ask, where it is not the account's own. */
  readonly session?: Session;
  /** What it is about, for coverage: a function, a key. */
  readonly about?: string;
  /** Not there is an answer: there is none. */
  readonly orNone?: boolean;
}

/** What is told of one account before it is read. */
export interface AccountStart {
  readonly id: string;
  readonly partition: string;
  readonly target: AwsTarget;
  readonly context: LiveContext;
  readonly session: Session;
  readonly marks: Marks;
  readonly ownAccounts: ReadonlySet<string>;
}

/** An account of which nothing has been read yet. */
export function startAccount({ marks, ...start }: AccountStart): AccountReading {
  const { id, session, context } = start;
  const intake: Intake = { ...createIntake(context.asOf, context.signal), marks };
  const scopeUid = awsAccountUid(id);
  const tried = new Map<string, readonly [Feed, Call]>();
  const note = (feeds: readonly Feed[], call: Call): void => {
    for (const feed of feeds) tried.set(`${feed} ${call}`, [feed, call]);
  };
  const failed: AccountReading['failed'] = (feeds, call, failure, { region, about } = {}) => {
    const row = { system: 'aws', scopeUid, feed: null, call, permission: permissionOf(call) } as const;
    const { status, detail, missingPermission } = gapOf(failure, row);
    const where = [region, about].filter((part) => part !== undefined).join(' ');
    intake.gaps.add({
      accountId: id,
      feeds,
      call,
      status,
      missingPermission,
      detail: where === '' ? (detail ?? '') : `${where}: ${detail ?? ''}`,
    });
  };
  const known = (error: unknown): CallFailure => {
    if (error instanceof CallError) return error.failure;
    throw error;
  };

  return {
    ...start,
    scopeUid,
    intake,
    tried: note,
    follows: (feeds, list, calls) => {
      for (const call of calls) {
        note(feeds, call);
        const short = feeds.filter(
          (feed) => intake.gaps.has(id, feed, list) && !intake.gaps.has(id, feed, call),
        );
        intake.gaps.add({ accountId: id, feeds: short, call, detail: `${list} was not read whole` });
      }
    },
    failed,
    call: async (feeds, call, input, options = {}) => {
      note(feeds, call);
      try {
        return await (options.session ?? session).call(call, input, options.region);
      } catch (error) {
        const failure = known(error);
        if (failure.kind !== 'missing' || options.orNone !== true) failed(feeds, call, failure, options);
        return null;
      }
    },
    pages: async function* (feeds, call, input, options = {}) {
      note(feeds, call);
      try {
        yield* (options.session ?? session).pages(call, input, options.region);
      } catch (error) {
        failed(feeds, call, known(error), options);
      }
    },
    lost: (feeds, call, what) => {
      note(feeds, call);
      intake.gaps.add({ accountId: id, feeds, call, detail: what });
    },
    finish: () => {
      for (const [feed, call] of tried.values()) {
        if (!intake.gaps.has(id, feed, call)) {
          intake.rows.emit('coverage', coverageRow(id, feed, call, 'complete', null));
        }
      }
      intake.gaps.finish();
    },
  };
}
