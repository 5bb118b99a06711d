/** AWS accounts to read live. */
export interface AwsTarget {
  readonly system: 'aws';
  /** How to name the target in progress and coverage. */
  readonly name: string;
  /** A profile of the shared configuration; null: what the SDK finds by itself. */
  readonly profile: string | null;
  /** The Regions whose regional services are read; IAM is global. */
  readonly regions: readonly string[];
  /** A role that is assumed in the account of the credentials before anything is read; null: none. */
  readonly roleArn: string | null;
  readonly externalId: string | null;
  /** Member accounts: `organization` reads the list from AWS Organizations. Empty: the credentials' own account alone. */
  readonly accounts: 'organization' | readonly string[];
  /** The name of the role that is assumed in each member account. */
  readonly memberRole: string;
  /** Also run last-accessed jobs, a job an identity. */
  readonly lastAccessed: boolean;
  /** The base URL of every service instead of AWS's own; null: AWS. */
  readonly endpoint: string | null;
  /** Calls at once in one account. */
  readonly concurrency: number;
  /** Accounts that are read side by side. */
  readonly accountsAtOnce: number;
}
