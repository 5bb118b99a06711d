/** An Entra tenant and its subscriptions to read live. */
export interface AzureTarget {
  readonly system: 'azure';
  /** How to name the target in progress and coverage. */
  readonly name: string;
  /** The tenant's id; null: the credential's own. */
  readonly tenant: string | null;
  /** `all`: every subscription that the credential sees. */
  readonly subscriptions: 'all' | readonly string[];
  /** The base URL of Azure Resource Manager, for national clouds. */
  readonly managementEndpoint: string;
  /** The base URL of Microsoft Graph. */
  readonly graphEndpoint: string;
  /** Calls at once. */
  readonly concurrency: number;
}
