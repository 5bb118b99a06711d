import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { textOf } from '../fields.ts';
import { memberUid } from './member.ts';
import { groupMembers } from './memberships.ts';

/**
 * The sets of principals that policies name with those within them, who is in groups where that was read, and the pools
 * of federated identities.
 */
export function* groupRows(estate: Estate): Generator<Observation> {
  const homes = new Map<Uid, Uid>();
  for (const { principalUid, scopeUid } of estate.bindings) {
    const home = estate.hierarchy.chainOf(scopeUid).at(-1) ?? scopeUid;
    const known = homes.get(principalUid);
    if (known === undefined || home < known) homes.set(principalUid, home);
  }
  yield* memberRows(estate, homes);
  for (const [uid, scopeUid] of homes) {
    const [, kind, name] =
      /^gcp:(group|domain|principalSet|allUsers|allAuthenticatedUsers):?(.*)$/u.exec(uid) ?? [];
    if (kind === undefined || name === undefined) continue;
    const implicit = kind !== 'group';
    yield observe('groups', {
      uid,
      system: 'gcp',
      scopeUid,
      kind: KINDS[kind] ?? kind,
      name: name === '' ? kind : name,
      implicit,
      raw: null,
    });
  }
  for (const { name, fields } of estate.holdings.get('pool') ?? []) {
    const uid = poolUid(name, estate);
    if (homes.has(uid)) continue;
    yield observe('groups', {
      uid,
      system: 'gcp',
      scopeUid: poolScope(name, textOf(fields, 'parent'), estate),
      kind: name.includes('/workloadIdentityPools/') ? 'workload-identity-pool' : 'workforce-pool',
      name: textOf(fields, 'displayName') ?? name.slice(name.lastIndexOf('/') + 1),
      implicit: true,
      raw: fields,
    });
  }
}

/** Who is in each group; a group within one lives where that does. */
function* memberRows(estate: Estate, homes: Map<Uid, Uid>): Generator<Observation> {
  const members = groupMembers(estate.holdings);
  const waiting = [...homes.keys()];
  const done = new Set<Uid>();
  for (let groupUid = waiting.pop(); groupUid !== undefined; groupUid = waiting.pop()) {
    if (done.has(groupUid)) continue;
    done.add(groupUid);
    const scopeUid = homes.get(groupUid) ?? 'gcp:organizations/unknown';
    for (const { kind, address } of members.get(groupUid.replace(/^gcp:group:/u, '')) ?? []) {
      const member = memberUid(`${kind}:${address}`);
      const memberKind = kind === 'group' ? 'group' : 'identity';
      yield observe('memberships', { groupUid, memberUid: member, memberKind, system: 'gcp', scopeUid });
      if (kind !== 'group') continue;
      if (!homes.has(member)) homes.set(member, scopeUid);
      waiting.push(member);
    }
  }
}

const KINDS: Readonly<Record<string, string>> = {
  principalSet: 'principal-set',
  allUsers: 'everyone',
  allAuthenticatedUsers: 'everyone',
};

/** Everybody in a pool, as policies name them; they write the project by number. */
export function poolUid(name: string, { naming }: Estate): Uid {
  const [, project, rest = ''] = /^projects\/([^/]+)\/(.*)$/u.exec(name) ?? [];
  const number = project === undefined ? null : naming.numberOf(naming.scopeUid(`projects/${project}`));
  const path = project === undefined ? name : `projects/${number ?? project}/${rest}`;
  return gcpMemberUid(`principalSet://iam.googleapis.com/${path}/*`);
}

/** Workload pools lie in a project, workforce pools in an organisation. */
export function poolScope(name: string, parent: string | null, { naming, hierarchy }: Estate): Uid {
  const project = /^(projects\/[^/]+)\//u.exec(name)?.[1];
  if (project !== undefined) return naming.scopeUid(project);
  const organizations = [...hierarchy.scopes.values()].filter(({ kind }) => kind === 'organization');
  return parent === null ? (organizations[0]?.uid ?? 'gcp:organizations/unknown') : naming.scopeUid(parent);
}
