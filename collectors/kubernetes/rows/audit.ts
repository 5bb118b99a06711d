import type { Grant } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Usage } from '#model/usage.ts';
import { clusterBindingUid, clusterRoleUid, clusterUid, serviceAccountUid } from '#model/uid.ts';
import type { AccessWrite } from '../audit/access-write.ts';
import type { AuditUse } from '../audit/audit-use.ts';
import { coverageOf } from './estate.ts';
import { serviceAccountNamed, userUid } from './subjects.ts';

/** The rows of a cluster that say who could be seen in its log. */
export interface Visible {
  readonly identities: readonly Uid[];
  readonly grants: readonly Grant[];
}

const SOURCE = 'kubernetes:audit-log';

/**
 * What audit logs say: when an identity, a binding and a token Secret were last used, and which identities and direct
 * bindings were not used in the log's time. Those are told only where the log has requests that read, and reasons.
 */
export function* auditRows(cluster: string, use: AuditUse, visible: Visible): Generator<Observation> {
  const row = usageOf(cluster, use);
  const used = new Map([...use.users].map(([user, at]) => [userUid(cluster, user), at]));
  for (const [uid, at] of used) yield row({ identityUid: uid, lastUsedAt: at });
  if (use.hasReads && use.window !== null) {
    for (const uid of visible.identities)
      if (!used.has(uid)) yield row({ identityUid: uid, lastUsedAt: null });
  }
  yield* bindingRows(cluster, use, visible);
  yield* writeRows(cluster, use);
  for (const { user, name, at } of use.secrets) {
    const account = serviceAccountNamed(user);
    if (account === null) continue;
    yield row({
      identityUid: userUid(cluster, user),
      subject: 'credential',
      credentialUid: `${clusterUid(cluster)}:secret:${account.namespace}/${name}`,
      lastUsedAt: at,
    });
  }
}

/** Who changed what decides access. */
function* writeRows(cluster: string, { writes }: AuditUse): Generator<Observation> {
  for (const { user, at, verb, ...object } of writes) {
    yield observe('loggedWrites', {
      system: 'kubernetes',
      scopeUid: clusterUid(cluster),
      writtenAt: at,
      actor: user,
      action: `${verb} ${object.resource}`,
      objectUid: objectUid(cluster, object),
      source: SOURCE,
    });
  }
}

function objectUid(
  cluster: string,
  { resource, namespace, name }: Pick<AccessWrite, 'resource' | 'namespace' | 'name'>,
): Uid {
  switch (resource) {
    case 'clusterrolebindings':
      return clusterBindingUid(cluster, name);
    case 'rolebindings':
      return clusterBindingUid(cluster, name, namespace);
    case 'clusterroles':
      return clusterRoleUid(cluster, name);
    case 'roles':
      return clusterRoleUid(cluster, name, namespace);
    case 'serviceaccounts':
      return serviceAccountUid(cluster, namespace, name);
    case 'secrets':
      return `${clusterUid(cluster)}:secret:${namespace}/${name}`;
  }
}

/** A binding is the permission: the server names the first one that allows a request. */
function* bindingRows(cluster: string, use: AuditUse, visible: Visible): Generator<Observation> {
  const row = usageOf(cluster, use, 'bindings that would have allowed the same');
  const last = new Map<string, { identityUid: Uid; permission: Uid; lastUsedAt: Instant | null }>();
  const keyOf = (identity: Uid, binding: Uid): string => `${identity}\n${binding}`;
  for (const { user, namespace, name, at } of use.bindings) {
    const identityUid = userUid(cluster, user);
    const permission = clusterBindingUid(cluster, name, namespace);
    const known = last.get(keyOf(identityUid, permission))?.lastUsedAt ?? '';
    if (at > known) last.set(keyOf(identityUid, permission), { identityUid, permission, lastUsedAt: at });
  }
  if (use.hasReads && use.hasReasons && use.window !== null) {
    for (const grant of visible.grants) {
      const permission = bindingOf(cluster, grant);
      const identityUid = grant.principalUid;
      if (grant.principalKind !== 'identity' || permission === null) continue;
      const key = keyOf(identityUid, permission);
      if (!last.has(key)) last.set(key, { identityUid, permission, lastUsedAt: null });
    }
  }
  for (const each of last.values()) yield row({ ...each, subject: 'permission' });
}

/** The uid of a grant's binding, from the names that the grant keeps as they are. */
function bindingOf(cluster: string, { raw }: Grant): Uid | null {
  if (typeof raw !== 'object' || raw === null || !('binding' in raw)) return null;
  const { binding, namespace } = raw;
  if (typeof binding !== 'string') return null;
  return clusterBindingUid(cluster, binding, typeof namespace === 'string' ? namespace : undefined);
}

function usageOf(
  cluster: string,
  { window, hasReads, sources }: AuditUse,
  ...more: readonly string[]
): (row: Pick<Usage, 'identityUid' | 'lastUsedAt'> & Partial<Usage>) => Observation {
  const blindSpots = ['requests that the audit policy leaves out', ...more];
  if (!hasReads) blindSpots.push('requests that only read');
  if (sources.has('api-server')) blindSpots.push('requests that another API server of the cluster answered');
  return (row) =>
    observe('usages', {
      system: 'kubernetes',
      scopeUid: clusterUid(cluster),
      credentialUid: null,
      subject: 'identity',
      permission: null,
      windowStart: window?.from ?? null,
      windowEnd: window?.to ?? null,
      source: SOURCE,
      blindSpots,
      ...row,
    });
}

/** How far the logs reach. */
export function auditCoverage(cluster: string, use: AuditUse, isWhole: boolean): Coverage {
  const { window, hasReads, requests } = use;
  const uid = clusterUid(cluster);
  if (window === null) return coverageOf({ uid }, 'usages', CALL, 'partial', 'no request in the audit logs');
  const gaps = [
    ...(window.gapAfter === undefined
      ? []
      : [
          `days without any entry after ${window.gapAfter}: what was used before counts, what was not does not`,
        ]),
    ...(hasReads ? [] : ['requests that only read are missing: nothing can be said to be unused']),
    ...(isWhole ? [] : ['parts could not be read']),
  ];
  const detail = [`${requests} entries from ${window.from} to ${window.to}`, ...gaps].join('; ');
  return coverageOf({ uid }, 'usages', CALL, gaps.length === 0 ? 'complete' : 'partial', detail);
}

const CALL = 'audit log';
