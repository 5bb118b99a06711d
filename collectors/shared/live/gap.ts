import type { Coverage, Feed } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';
import type { CallFailure } from './call-error.ts';

/** Where a call failed and what it needed. */
export interface FailedCall {
  readonly system: System;
  readonly scopeUid: Uid | null;
  readonly feed: Feed | null;
  /** `iam:ListAccessKeys`, `GET /v1.0/applications`. */
  readonly call: string;
  /** The right that the call needs; null: none that anybody can grant. */
  readonly permission: string | null;
}

/** The coverage row of a failed call: what was not read, why, and which right would change that. */
export function gapOf(failed: CallFailure, row: FailedCall): Coverage {
  const status = statusOf(failed);
  return {
    system: row.system,
    scopeUid: row.scopeUid,
    feed: row.feed,
    call: row.call,
    status,
    missingPermission: status === 'denied' ? row.permission : null,
    detail: `${WORDS[failed.kind]}${failed.detail === '' ? '' : `: ${failed.detail}`}`,
  };
}

function statusOf({ kind }: CallFailure): Coverage['status'] {
  switch (kind) {
    case 'denied':
      return 'denied';
    // The API is off or not there: nothing was tried in vain, and nothing is known either.
    case 'disabled':
    case 'missing':
      return 'skipped';
    case 'unauthenticated':
    case 'throttled':
    case 'unreachable':
    case 'timed-out':
    case 'server-error':
    case 'malformed':
      return 'failed';
  }
}

const WORDS: Readonly<Record<CallFailure['kind'], string>> = {
  denied: 'refused',
  unauthenticated: 'the credentials were not accepted',
  throttled: 'throttled for too long',
  missing: 'not there',
  disabled: 'the API is not enabled',
  unreachable: 'could not be reached',
  'timed-out': 'timed out',
  'server-error': "the provider's error",
  malformed: 'the answer could not be understood',
};
