import { uuid } from '../seed.ts';

/** Acme's Entra tenant. */
export const TENANT = uuid('entra tenant acme.example');

/** One of Acme's Azure subscriptions. */
export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly environment: 'production' | 'development';
}

export const STORES: Subscription = {
  id: uuid('subscription acme-stores'),
  name: 'acme-stores',
  environment: 'production',
};

export const SANDBOX: Subscription = {
  id: uuid('subscription acme-sandbox'),
  name: 'acme-sandbox',
  environment: 'development',
};

export const SUBSCRIPTIONS: readonly Subscription[] = [STORES, SANDBOX];

/** The resource id of a subscription. */
export function subscriptionPath({ id }: Subscription): string {
  return `/subscriptions/${id}`;
}

/** The resource id of a resource group. */
export function groupPath(subscription: Subscription, name: string): string {
  return `${subscriptionPath(subscription)}/resourceGroups/${name}`;
}

/** The resource id of something in a resource group; `type` as in `Microsoft.KeyVault/vaults`. */
export function resourcePath(subscription: Subscription, group: string, type: string, name: string): string {
  return `${groupPath(subscription, group)}/providers/${type}/${name}`;
}

/** The object id of an application. */
export function applicationId(name: string): string {
  return uuid(`application ${name}`);
}

/** The id that an application has in every tenant. */
export function appId(name: string): string {
  return uuid(`app id ${name}`);
}

/** The object id of the service principal of an application or managed identity. */
export function principalId(name: string): string {
  return uuid(`principal ${name}`);
}
