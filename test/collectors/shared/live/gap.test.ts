import { describe, expect, it } from 'vitest';
import { callFailure, type FailureKind } from '#collectors/shared/live/call-error.ts';
import { gapOf } from '#collectors/shared/live/gap.ts';

const call = {
  system: 'gcp',
  scopeUid: 'gcp:projects/p',
  feed: 'credentials',
  call: 'iam.projects.serviceAccounts.keys.list',
  permission: 'iam.serviceAccountKeys.list',
} as const;

describe('the coverage row of a failed call', () => {
  it('names the missing permission where the call was refused', () => {
    expect(gapOf(callFailure('denied', 'no such right'), call)).toEqual({
      system: 'gcp',
      scopeUid: 'gcp:projects/p',
      feed: 'credentials',
      call: 'iam.projects.serviceAccounts.keys.list',
      status: 'denied',
      missingPermission: 'iam.serviceAccountKeys.list',
      detail: 'refused: no such right',
    });
  });

  it.each<[FailureKind, string]>([
    ['disabled', 'skipped'],
    ['missing', 'skipped'],
    ['unauthenticated', 'failed'],
    ['throttled', 'failed'],
    ['unreachable', 'failed'],
    ['timed-out', 'failed'],
    ['server-error', 'failed'],
    ['malformed', 'failed'],
  ])('calls %s %s and blames no permission', (kind, status) => {
    expect(gapOf(callFailure(kind, ''), call)).toMatchObject({ status, missingPermission: null });
  });

  it('is one line, whatever the provider says', () => {
    const { detail } = gapOf(callFailure('server-error', `a\nb\u001b[2J${'x'.repeat(5000)}`), call);
    expect(detail).not.toMatch(/[\p{C}]/u);
    expect(detail?.length).toBeLessThan(400);
  });
});
