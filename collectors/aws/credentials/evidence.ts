import type { Instant } from '#model/system.ts';
import type { IamArn } from '../arn.ts';

/** What credential files say of one user. */
export interface UserEvidence {
  /** Its line in the credential report; null: no report has it. */
  readonly report: ReportedUser | null;
  /** Its access keys by id, as they were listed; null: they were not. */
  readonly keys: readonly ListedKey[] | null;
  /** What was asked for in place of a report; left out: nothing was. */
  readonly asked?: AskedSignIn;
}

/** How a user can sign in to the console; null: it could not be asked. */
export interface AskedSignIn {
  readonly hasPassword: boolean | null;
  readonly hasMfa: boolean | null;
}

/** One user of a credential report. */
export interface ReportedUser {
  readonly arn: IamArn;
  /** The account that the ARN names. */
  readonly accountId: string;
  readonly createdAt: Instant | null;
  /** null: it has none. */
  readonly password: ReportedPassword | null;
  readonly hasMfa: boolean;
  /** By slot; null: the slot is empty. */
  readonly keys: readonly (ReportedKey | null)[];
  readonly certificates: readonly (ReportedCertificate | null)[];
  /** When the report was made; null: the file does not say. */
  readonly reportedAt: Instant | null;
}

export interface ReportedPassword {
  /** null: the report does not say, as for the root user. */
  readonly enabled: boolean | null;
  readonly lastUsedAt: Instant | null;
  readonly changedAt: Instant | null;
  readonly nextRotationAt: Instant | null;
}

export interface ReportedKey {
  readonly active: boolean;
  /** When it was made or last changed; null: not said. */
  readonly rotatedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly lastUsedRegion: string | null;
  readonly lastUsedService: string | null;
}

export interface ReportedCertificate {
  readonly active: boolean;
  readonly rotatedAt: Instant | null;
}

/** An access key as `list-access-keys` has it, with its last use where that was asked for. */
export interface ListedKey {
  readonly id: string;
  readonly active: boolean;
  readonly createdAt: Instant | null;
  /** null: the last use was not asked for. */
  readonly lastUse: ListedUse | null;
}

export interface ListedUse {
  /** null: not used since IAM tracks it. */
  readonly lastUsedAt: Instant | null;
  readonly region: string | null;
  readonly service: string | null;
}
