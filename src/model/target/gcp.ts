/** A Google Cloud organisation, or projects, to read live. */
export interface GcpTarget {
  readonly system: 'gcp';
  /** How to name the target in progress and coverage. */
  readonly name: string;
  /** The organisation's number; null: projects alone. */
  readonly organization: string | null;
  /** `all`: every project that the credentials see. */
  readonly projects: 'all' | readonly string[];
  /** The address of a service account that everything is read as; null: the credentials' own. */
  readonly impersonate: string | null;
  /** The project that quota is charged to; null: each call's own. */
  readonly quotaProject: string | null;
  /** One base URL for every API instead of Google's own; null: Google. */
  readonly endpoint: string | null;
  /** Calls at once. */
  readonly concurrency: number;
}
