import { awsAccountUid } from '#model/uid.ts';
import { CALLS } from '../calls.ts';
import type { ReportedUser } from '../credentials/evidence.ts';
import { tally } from '../intake/accounts.ts';
import type { Intake } from '../intake/intake.ts';
import type { EntityReading, EstateKnowledge } from './entity.ts';
import { reportedUserRows } from './user.ts';

/** The rows of users, and of the root user, that only a credential report has. */
export function reportedOnly(
  reported: ReadonlyMap<string, ReportedUser>,
  { accounts, gaps, marks, rows }: Intake,
  estate: EstateKnowledge,
): void {
  for (const user of reported.values()) {
    const { arn, accountId } = user;
    if (!marks.set(arn.arn, 'read')) continue;
    const account = accounts.of(accountId);
    if (arn.type === 'user') tally(account.usersWithoutDetails, arn.arn);
    const problem: EntityReading['problem'] = (feeds, what) =>
      gaps.add({ accountId, feeds, call: CALLS.credentialReport, detail: `${arn.arn}: ${what}` });
    const scopeUid = awsAccountUid(accountId);
    reportedUserRows(user, { arn, estate, account, scopeUid, emit: rows.emit, problem });
  }
}
