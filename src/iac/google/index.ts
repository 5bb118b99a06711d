import { ADMIN_MARKERS } from '#catalogue/gcp/capabilities.ts';
import type { Grant } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Json, Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Known } from '../known.ts';
import type { Proposal, Unknown } from '../proposal.ts';
import type { Plan } from '../terraform/read-plan.ts';
import { planStates, type ResourceView } from '../terraform/resource-view.ts';
import { undescribedRoles } from '../undescribed.ts';
import { bindingsOf, type GoogleBinding } from './bindings.ts';
import { computeGoogle, customRoleName, emailOf, homeOf, projectUid } from './names.ts';

/** What the Google Cloud resources of a plan change. */
export async function googleProposal(plan: Plan, known: Known): Promise<Proposal> {
  const unknowns: Unknown[] = [];
  const states = planStates(plan, computeGoogle, unknowns);
  const projects = new Set((await known.scopes('gcp', 'project')).map(({ uid }) => uid));
  const [was, will] = [rowsOf(states.before.resources, projects), rowsOf(states.after.resources, projects)];
  const sources = new Map([...was.sources, ...will.sources]);
  const after = [...will.rows, ...ownerRole(will.rows)];
  const sides = { before: was.rows, after, sources };
  return {
    before: was.rows,
    after,
    owned: new Set([...was.owned, ...will.owned]),
    sources,
    unknowns: [...unknowns, ...(await undescribedRoles('gcp', sides, known))],
  };
}

/**
 * The basic role `roles/owner`, where no role list tells what it holds, holds at least what an owner is known by:
 * https://cloud.google.com/iam/docs/roles-overview#basic.
 */
function ownerRole(rows: readonly Observation[]): Observation[] {
  const uid = 'gcp:roles/owner';
  if (!rows.some(({ table, row }) => table === 'grants' && row.roleUid === uid)) return [];
  return [
    observe('roles', {
      ...BASE,
      uid,
      scopeUid: 'gcp:roles',
      kind: 'predefined-role',
      name: 'roles/owner',
      managedBy: 'provider',
      createdAt: null,
      document: { includedPermissions: [...ADMIN_MARKERS] },
      breadth: null,
    }),
  ];
}

interface Side {
  readonly rows: readonly Observation[];
  readonly owned: ReadonlySet<Uid>;
  readonly sources: ReadonlyMap<Uid, string>;
}

function rowsOf(resources: readonly ResourceView[], projects: ReadonlySet<Uid>): Side {
  const rows: Observation[] = [];
  const owned = new Set<Uid>();
  const sources = new Map<Uid, string>();
  const own = (view: ResourceView, observation: Observation): void => {
    rows.push(observation);
    if (!('uid' in observation.row)) return;
    owned.add(observation.row.uid);
    sources.set(observation.row.uid, view.address);
  };
  for (const view of resources) {
    if (view.type === 'google_service_account') {
      const row = principalRow(
        gcpMemberUid(`serviceAccount:${emailOf(view)}`),
        projectUid(view.text('project')),
      );
      if (row !== null) own(view, row);
    } else if (/^google_(?:project|organization)_iam_custom_role$/u.test(view.type)) {
      own(view, roleRow(view));
    }
    for (const binding of bindingsOf(view)) {
      own(view, grantRow(binding, projects));
      const named = principalRow(binding.principalUid, binding.scopeUid);
      if (named !== null) rows.push(named);
    }
  }
  return { rows, owned, sources };
}

const BASE = { system: 'gcp', raw: null } as const;

/** Members that are one identity or one group; null: they stand for others, such as everyone or a domain. */
function principalRow(uid: Uid, near: Uid | null): Observation | null {
  const [, type, name = ''] = /^gcp:(serviceAccount|user|group):(.+)$/u.exec(uid) ?? [];
  if (type === undefined) return null;
  const scopeUid = homeOf(uid) ?? near ?? 'gcp:unknown';
  if (type === 'group')
    return observe('groups', { ...BASE, uid, scopeUid, kind: 'group', name, implicit: false });
  const isProgram = type === 'serviceAccount';
  return observe('identities', {
    ...BASE,
    uid,
    scopeUid,
    kind: isProgram ? 'service-account' : 'user',
    name,
    class: isProgram ? 'non-human' : 'human',
    classReason: isProgram ? 'a service account is for programs' : 'a Google account of a person',
    managedBy: 'customer',
    enabled: null,
    createdAt: null,
    tags: {},
    environment: null,
    providerId: null,
  });
}

function roleRow(view: ResourceView): Observation {
  const name = customRoleName(view);
  if (view.isUnknown('permissions'))
    view.open('permissions: known only after applying: what it gives is not known');
  const document: Json = view.isUnknown('permissions')
    ? null
    : { includedPermissions: view.texts('permissions') };
  return observe('roles', {
    ...BASE,
    uid: `gcp:${name}`,
    scopeUid: `gcp:${name.replace(/\/roles\/.*$/u, '')}`,
    kind: 'custom-role',
    name,
    managedBy: 'customer',
    createdAt: null,
    document,
    breadth: null,
  });
}

function grantRow(binding: GoogleBinding, projects: ReadonlySet<Uid>): Observation {
  const { scopeUid, resourceUid, roleUid, principalUid, condition } = binding;
  return observe('grants', {
    ...BASE,
    uid: JSON.stringify([resourceUid ?? scopeUid, roleUid, principalUid, condition]),
    scopeUid,
    principalUid,
    principalKind: principalKind(principalUid, projects),
    roleUid,
    kind: 'iam-binding',
    state: 'active',
    condition,
    resourceUid,
    createdAt: null,
  });
}

/** As the collector tells them: a service account of a project that nobody collected is somebody outside. */
function principalKind(uid: Uid, projects: ReadonlySet<Uid>): Grant['principalKind'] {
  if (/^gcp:all(?:Authenticated)?Users$/u.test(uid)) return 'everyone';
  if (/^gcp:(?:group|domain|principalSet|projectOwner|projectEditor|projectViewer):/u.test(uid))
    return 'group';
  if (uid.startsWith('gcp:user:')) return 'identity';
  const home = homeOf(uid);
  const isAgent = uid.startsWith('gcp:serviceAccount:') && home === null && !uid.includes('[');
  return isAgent || (home !== null && projects.has(home)) ? 'identity' : 'external';
}
