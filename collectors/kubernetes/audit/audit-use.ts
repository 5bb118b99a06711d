import type { Instant } from '#model/system.ts';
import type { AccessWrite } from './access-write.ts';
import type { AuditEvent } from './audit-event.ts';
import type { Origin } from './entries.ts';
import { type AuditWindow, windowOf } from './window.ts';

/** A binding of RBAC: what the API server names as the reason of a request that it let through. */
export interface UsedBinding {
  readonly user: string;
  /** undefined: a ClusterRoleBinding. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly at: Instant;
}

export interface UsedSecret {
  readonly user: string;
  readonly name: string;
  readonly at: Instant;
}

/** The last change of an object by a user. */
export interface UserWrite extends AccessWrite {
  readonly user: string;
  readonly at: Instant;
}

/** What the audit logs of one cluster say about use; `at` is always the last time. */
export interface AuditUse {
  readonly requests: number;
  readonly users: ReadonlyMap<string, Instant>;
  readonly bindings: readonly UsedBinding[];
  readonly secrets: readonly UsedSecret[];
  readonly writes: readonly UserWrite[];
  /** The last stretch of days of which each has a request; null: there was none at all. */
  readonly window: AuditWindow | null;
  /** Whether requests that only read are in the log: without them nobody can be said to be unused. */
  readonly hasReads: boolean;
  readonly hasReasons: boolean;
  readonly sources: ReadonlySet<Origin['source']>;
}

/** Sums up requests in memory bounded by the number of users, bindings and Secrets, and by `MAX_KEYS` of each. */
export interface AuditTally {
  /** A text says why the request is left out. */
  readonly add: (event: AuditEvent, origin: Origin) => string | null;
  readonly use: () => AuditUse;
}

const MAX_KEYS = 200_000;

/** Starts without a request; of requests after `until` nothing is believed. */
export function auditTally(until: Instant): AuditTally {
  const latest = new Date(Date.parse(until) + DAY).toISOString();
  const users = new Map<string, Instant>();
  const bindings = new Map<string, UsedBinding>();
  const secrets = new Map<string, UsedSecret>();
  const writes = new Map<string, UserWrite>();
  const days = new Map<string, AuditWindow>();
  const sources = new Set<Origin['source']>();
  let cluster: string | null = null;
  let requests = 0;
  let hasReads = false;
  let hasReasons = false;

  function add(event: AuditEvent, origin: Origin): string | null {
    const { at, user, impersonated, reason, tokenSecret, write } = event;
    if (at > latest || at < EARLIEST) return 'a time that cannot be';
    cluster ??= origin.cluster;
    if (origin.cluster !== null && origin.cluster !== cluster)
      return `of another cluster than ${cluster ?? ''}`;
    const effective = impersonated ?? user;
    const binding = bindingIn(reason);
    const told = [
      keepLast(users, user, at, at),
      keepLast(users, effective, at, at),
      tokenSecret === null ||
        keepLast(secrets, `${user} ${tokenSecret}`, at, { user, name: tokenSecret, at }),
      binding === null ||
        keepLast(bindings, `${effective}\n${reason}`, at, { user: effective, ...binding, at }),
      write === null || keepLast(writes, JSON.stringify([user, write]), at, { ...write, user, at }),
    ];
    requests++;
    sources.add(origin.source);
    hasReads ||= event.isRead;
    hasReasons ||= reason !== '';
    const day = at.slice(0, 10);
    const { from, to } = days.get(day) ?? { from: at, to: at };
    days.set(day, { from: at < from ? at : from, to: at > to ? at : to });
    return told.every(Boolean) ? null : `more than ${MAX_KEYS} users, bindings, Secrets or changes`;
  }

  return {
    add,
    use: () => ({
      requests,
      users,
      bindings: [...bindings.values()],
      secrets: [...secrets.values()],
      writes: [...writes.values()],
      window: windowOf(days),
      hasReads,
      hasReasons,
      sources,
    }),
  };
}

const DAY = 86_400_000;
/** Before the first release of Kubernetes. */
const EARLIEST = '2014-01-01';

/** False: there is no room for another. */
function keepLast<T>(all: Map<string, T>, key: string, at: Instant, value: T): boolean {
  const known = all.get(key);
  if (known === undefined && all.size >= MAX_KEYS) return false;
  if (known === undefined || at > lastOf(known)) all.set(key, value);
  return true;
}

function lastOf(known: unknown): Instant {
  // A map holds times, or what has one.
  return typeof known === 'string' ? known : (known as UsedBinding | UsedSecret | UserWrite).at;
}

/**
 * The binding in `RBAC: allowed by RoleBinding "name/namespace" of Role "r" to User "u"`, as the authorizer words it:
 * https://kubernetes.io/docs/reference/labels-annotations-taints/audit-annotations/#authorization-k8s-io-reason
 */
function bindingIn(reason: string): Pick<UsedBinding, 'namespace' | 'name'> | null {
  const [, kind, quoted] =
    /^RBAC: allowed by (ClusterRoleBinding|RoleBinding) ("(?:[^"\\]|\\.)*")/u.exec(reason) ?? [];
  if (quoted === undefined) return null;
  const path = unquoted(quoted);
  if (path === null) return null;
  if (kind === 'ClusterRoleBinding') return { namespace: undefined, name: path };
  // Neither part can hold a slash.
  const [name = '', namespace = ''] = path.split('/');
  return { namespace, name };
}

/** Names of bindings hold nothing that Go would quote otherwise than JSON. */
function unquoted(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return null;
  }
}
