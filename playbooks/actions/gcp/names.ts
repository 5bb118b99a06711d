import { ActionError } from '#contract/action.ts';
import type { Identity } from '#model/identity.ts';
import type { Json } from '#model/system.ts';

const KEY = /(?:^|[/:])(projects\/[^/]+\/serviceAccounts\/[^/]+\/keys\/[^/]+)$/u;
const API_KEY = /(?:^|[/:])(projects\/[^/]+\/locations\/global\/keys\/[^/]+)$/u;
const ACCOUNT = /^(?:\/\/iam\.googleapis\.com\/)?(projects\/[^/]+\/serviceAccounts\/[^/]+)$/u;
const SCOPE = /^gcp:((?:projects|folders|organizations)\/[^/]+)$/u;

/** The name of a service account's key as the API takes it, out of whatever says it first; null: none does. */
export function keyName(...said: readonly Json[]): string | null {
  return firstMatch(KEY, said);
}

/** The name of an API key, in the same way. */
export function apiKeyName(...said: readonly Json[]): string | null {
  return firstMatch(API_KEY, said);
}

/** The name of a service account that the customer looks after; null: it is none, or its project is not known. */
export function accountName({ uid, kind, scopeUid, managedBy }: Identity): string | null {
  const email = /^gcp:serviceAccount:([^[\]/?]+@[^[\]/?]+)$/u.exec(uid)?.[1];
  const project = /^gcp:(projects\/[^/]+)$/u.exec(scopeUid)?.[1];
  if (kind !== 'service-account' || managedBy !== 'customer') return null;
  return email === undefined || project === undefined ? null : `${project}/serviceAccounts/${email}`;
}

/** What an allow policy that can be edited stands on: a scope or a service account; null: something else. */
export function policyResource(scopeUid: string, resourceUid: string | null): string | null {
  return (resourceUid === null ? SCOPE.exec(scopeUid) : ACCOUNT.exec(resourceUid))?.[1] ?? null;
}

/** A name as part of a URL. Throws ActionError `refused` where it would lead elsewhere. */
export function pathOf(name: string): string {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new ActionError('refused', `not a name of Google Cloud: ${JSON.stringify(name)}`);
  }
  return parts.map(encodeURIComponent).join('/');
}

/** A member of an object; undefined: there is none, or it is no object. */
export function at(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) {
    return undefined;
  }
  // An object that is no array; the compiler does not narrow readonly arrays away.
  return (value as { readonly [key: string]: Json })[key];
}

function firstMatch(pattern: RegExp, said: readonly Json[]): string | null {
  const found = said.map((each) => (typeof each === 'string' ? pattern.exec(each)?.[1] : undefined));
  return found.find((each) => each !== undefined) ?? null;
}
