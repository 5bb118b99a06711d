import { observe, type Observation } from '#model/record.ts';
import { FEEDS } from '#model/scope.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { CallFailure } from '#collectors/shared/live/call-error.ts';
import { gapOf } from '#collectors/shared/live/gap.ts';
import { coverageRow } from '../../intake/gaps.ts';
import type { AccountReading } from '../account.ts';
import { accountScope, type Organization } from './organization.ts';

/** The accounts of the organisation that the target leaves out, said to be left out. */
export function notRead(organization: Organization, read: ReadonlySet<string>): Observation[] {
  return [...organization.accounts.values()]
    .filter(({ id }) => !read.has(id))
    .flatMap(({ id, state }) => {
      const why =
        state === 'ACTIVE' ? "it is not among the target's accounts" : `it is ${state.toLowerCase()}`;
      return [
        observe('scopes', accountScope(id, organization)),
        observe('coverage', coverageRow(id, 'identities', 'sts:AssumeRole', 'skipped', why)),
      ];
    });
}

/** An account in which no role could be assumed. */
export function unreadableAccount(id: string, failure: CallFailure): Observation[] {
  const permission = 'sts:AssumeRole';
  return FEEDS.map((feed) => {
    const row = { system: 'aws', scopeUid: awsAccountUid(id), feed, call: permission, permission } as const;
    return observe('coverage', gapOf(failure, row));
  });
}

/** Says of an account how its organisation was read: SCPs and RCPs limit what its identities can do. */
export function organizationCoverage(
  account: AccountReading,
  { status, accounts, calls, failures }: Organization,
): void {
  for (const { call, failure, about } of failures) account.failed(['guardrails'], call, failure, { about });
  if (status === 'member' && failures.length === 0 && !accounts.has(account.id)) {
    account.lost(
      ['guardrails'],
      'organizations:ListAccountsForParent',
      'the account is in another organisation',
    );
  }
  // An account in no organisation has no such policies: that was read, too.
  const read = status === 'none' ? (['organizations:ListPolicies'] as const) : [...calls];
  for (const call of read) account.tried(['guardrails'], call);
}
