import { parseArn } from './arn.ts';
import { ABSENT, OPEN, tagValue, value, type KeyLookup, type KeyValue } from './condition/key-value.ts';
import type { ContextSubject } from './context-subject.ts';
import type { Estate } from './estate.ts';
import type { Organization } from './organization.ts';
import type { Principal } from './principal.ts';
import { resourceKey } from './resource-context.ts';
import { mayTagSessions } from './session-tags.ts';

/**
 * What is known of each condition key: what the asker gave, what follows from the principal and the resource; all
 * others are open.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(subject: ContextSubject): KeyLookup {
  const given = new Map(
    Object.entries(subject.given).map(([key, values]) => [
      key.toLowerCase(),
      { state: 'values', values } as const,
    ]),
  );
  return (key) => given.get(key) ?? principalKey(subject, key) ?? resourceKey(subject, key) ?? OPEN;
}

/** Whether a key's value follows from who asks, and when, alone: a condition on it has one answer for a principal. */
export function isPrincipalKey(lowerKey: string): boolean {
  return lowerKey.startsWith('aws:principal') || PRINCIPAL_KEYS.has(lowerKey);
}

const PRINCIPAL_KEYS: ReadonlySet<string> = new Set([
  'aws:userid',
  'aws:username',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:tokenissuetime',
  'aws:currenttime',
  'aws:epochtime',
]);

function principalKey(subject: ContextSubject, key: string): KeyValue | null {
  const { principal, organization, estate } = subject;
  if (key.startsWith('aws:principaltag/'))
    return tagKey(estate, principal, key.slice('aws:principaltag/'.length));
  const isService = principal.kind === 'service';
  switch (key) {
    case 'aws:principalarn':
      return principal.account === null || isNamelessSession(principal) ? null : value(principal.name);
    case 'aws:principalaccount':
      return principal.account === null ? null : value(principal.account);
    case 'aws:principaltype': {
      const type = TYPES[principal.kind];
      return type === null ? null : value(type);
    }
    case 'aws:principalisawsservice':
      return value(String(isService));
    case 'aws:principalservicename':
      return isService ? value(principal.name) : ABSENT;
    case 'aws:principalservicenameslist':
      return isService ? null : ABSENT;
    case 'aws:userid':
      return userId(principal);
    case 'aws:username':
      return principal.kind === 'user' ? value(friendlyName(principal)) : ABSENT;
    case 'aws:principalorgid':
      return organizationKey(organization, organization?.id ?? null);
    case 'aws:principalorgpaths':
      return organizationKey(organization, organization?.path ?? null);
    // A service says on whose behalf it calls; nobody else's request has these keys.
    case 'aws:sourcearn':
    case 'aws:sourceaccount':
    case 'aws:sourceorgid':
    case 'aws:sourceorgpaths':
      return isService || principal.account === null ? null : ABSENT;
    case 'aws:tokenissuetime':
      return tokenIssueTime(principal, estate.assumptions.asOf);
    case 'aws:currenttime':
      return timeKey(estate.assumptions.asOf);
    case 'aws:epochtime':
      return epochKey(estate.assumptions.asOf);
    default:
      return null;
  }
}

const TYPES: Readonly<Record<Principal['kind'], string | null>> = {
  user: 'User',
  role: 'AssumedRole',
  root: 'Account',
  'federated-user': 'FederatedUser',
  anonymous: 'Anonymous',
  service: null,
  federation: null,
};

/** A session of a role that is not in the records says the role's name, not its path. */
function isNamelessSession({ kind, identity, session }: Principal): boolean {
  return kind === 'role' && identity === null && session !== null;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable */
function userId({ kind, identity, account, session }: Principal): KeyValue | null {
  if (kind === 'root') return account === null ? null : value(account);
  if (kind === 'anonymous') return ABSENT;
  const id = identity?.providerId ?? null;
  if (id === null) return null;
  if (kind === 'role')
    return session === null ? { state: 'prefix', prefix: `${id}:` } : value(`${id}:${session}`);
  return value(id);
}

function friendlyName({ name, identity }: Principal): string {
  return identity?.name ?? parseArn(name)?.resource.split('/').at(-1) ?? name;
}

/** A session may carry tags of its own, which win over the role's; a user's are what they are. */
function tagKey(estate: Estate, principal: Principal, lowerTag: string): KeyValue | null {
  const { kind, identity } = principal;
  if (kind === 'service' || kind === 'anonymous' || kind === 'root') return ABSENT;
  if (identity === null || kind === 'federated-user') return null;
  if (kind === 'role' && mayTagSessions(estate, identity.uid)) return null;
  return tagValue(identity.tags, lowerTag);
}

function organizationKey(organization: Organization | null, known: string | null): KeyValue | null {
  if (organization?.status === 'none') return ABSENT;
  return known === null ? null : value(known);
}

function timeKey(asOf: string | undefined): KeyValue | null {
  return asOf === undefined ? null : value(asOf);
}

/** A role is used with a token made for it, a user's long-term key has none and can get one. */
function tokenIssueTime({ kind }: Principal, asOf: string | undefined): KeyValue | null {
  if (asOf === undefined || (kind !== 'role' && kind !== 'user')) return null;
  return kind === 'role' ? value(asOf) : { state: 'optional', value: asOf };
}

/** Seconds since 1970, which both numbers and dates are compared with. */
function epochKey(asOf: string | undefined): KeyValue | null {
  return asOf === undefined ? null : value(String(Math.floor(Date.parse(asOf) / 1000)));
}
