import { parseArn } from './arn.ts';
import { ABSENT, OPEN, tagValue, value, type KeyLookup, type KeyValue } from './condition/key-value.ts';
import type { ContextSubject } from './context-subject.ts';
import type { Estate } from './estate.ts';
import { organizationOf, type Organization } from './organization.ts';
import type { Principal } from './principal.ts';
import { resourceKey } from './resource-context.ts';
import { mayTagSessions } from './session-tags.ts';

/**
 * What is known of each condition key: what the asker gave, what follows from the principal and the resource; all
 * others are open.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(subject: ContextSubject): KeyLookup {
  if (subject.given === null) return (key) => derived(subject, key);
  const said = new Map(
    Object.entries(subject.given).map(([key, values]) => [
      key.toLowerCase(),
      { state: 'values', values } as const,
    ]),
  );
  return (key) => said.get(key) ?? derived(subject, key);
}

function derived(subject: ContextSubject, key: string): KeyValue {
  return principalKey(subject, key) ?? resourceKey(subject, key) ?? OPEN;
}

/** Whether a key's value follows from who asks, and when, alone: a condition on it has one answer for a principal. */
export function isPrincipalKey(lowerKey: string): boolean {
  return lowerKey.startsWith(TAG) || PRINCIPAL_KEYS.has(lowerKey);
}

const TAG = 'aws:principaltag/';

type FromPrincipal = (principal: Principal, subject: ContextSubject) => KeyValue | null;

function principalKey(subject: ContextSubject, key: string): KeyValue | null {
  if (key.startsWith(TAG)) return tagKey(subject.estate, subject.principal, key.slice(TAG.length));
  return PRINCIPAL_KEYS.get(key)?.(subject.principal, subject) ?? null;
}

/** A service says on whose behalf it calls; nobody else's request has these keys. */
const onBehalf: FromPrincipal = ({ kind, account }) =>
  kind === 'service' || account === null ? null : ABSENT;

const PRINCIPAL_KEYS: ReadonlyMap<string, FromPrincipal> = new Map<string, FromPrincipal>([
  ['aws:principalarn', (by) => (by.account === null || isNamelessSession(by) ? null : value(by.name))],
  ['aws:principalaccount', ({ account }) => (account === null ? null : value(account))],
  ['aws:principaltype', ({ kind }) => TYPES[kind]],
  ['aws:principalisawsservice', ({ kind }) => value(String(kind === 'service'))],
  ['aws:principalservicename', ({ kind, name }) => (kind === 'service' ? value(name) : ABSENT)],
  ['aws:principalservicenameslist', ({ kind }) => (kind === 'service' ? null : ABSENT)],
  ['aws:principalorgid', (by, { estate }) => organizationKey(estate, by, ({ id }) => id)],
  ['aws:principalorgpaths', (by, { estate }) => organizationKey(estate, by, ({ path }) => path)],
  ['aws:userid', userId],
  ['aws:username', (by) => (by.kind === 'user' ? value(friendlyName(by)) : ABSENT)],
  ['aws:sourcearn', onBehalf],
  ['aws:sourceaccount', onBehalf],
  ['aws:sourceorgid', onBehalf],
  ['aws:sourceorgpaths', onBehalf],
  ['aws:tokenissuetime', (by, { estate }) => tokenIssueTime(by, estate.assumptions.asOf)],
  ['aws:currenttime', (_, { estate }) => timeKey(estate.assumptions.asOf)],
  ['aws:epochtime', (_, { estate }) => epochKey(estate.assumptions.asOf)],
]);

const TYPES: Readonly<Record<Principal['kind'], KeyValue | null>> = {
  user: value('User'),
  role: value('AssumedRole'),
  root: value('Account'),
  'federated-user': value('FederatedUser'),
  anonymous: value('Anonymous'),
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

function organizationKey(
  estate: Estate,
  { account }: Principal,
  tell: (organization: Organization) => string | null,
): KeyValue | null {
  if (account === null) return null;
  const organization = organizationOf(estate, account);
  if (organization.status === 'none') return ABSENT;
  const told = tell(organization);
  return told === null ? null : value(told);
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
