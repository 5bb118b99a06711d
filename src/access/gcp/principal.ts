import type { AccessRecords } from '../engine.ts';
import type { Uid } from '#model/system.ts';

/** Everybody that a principal is, as members of policies name them. */
export interface Principal {
  readonly uid: Uid;
  /** Members of allow policies that it is (`serviceAccount:…`, its groups, its domain, `allUsers`). */
  readonly members: ReadonlySet<string>;
  /** As deny and access boundary policies write them, in lower case. */
  readonly denyForms: ReadonlySet<string>;
}

const POOL_SUBJECT =
  /^principal:\/\/(iam\.googleapis\.com\/(?:projects\/[^/]+\/)?locations\/global\/work(?:load|force)\w*Pools\/[^/]+)\/subject\/(.+)$/u;
const GKE_MEMBER = /^serviceAccount:([^[\]]+)\.svc\.id\.goog\[([^/\]]+)\/([^\]]+)\]$/u;

/** Resolves principals against the groups of the records. */
export function principals(records: Pick<AccessRecords, 'memberships'>): (asked: string) => Principal {
  const groupsOf = new Map<Uid, Uid[]>();
  for (const { memberUid, groupUid } of records.memberships) {
    const known = groupsOf.get(memberUid);
    if (known === undefined) groupsOf.set(memberUid, [groupUid]);
    else known.push(groupUid);
  }
  return (asked) => {
    const own = withoutPrefix(asked);
    const groups = [...transitiveGroups(`gcp:${own}`, groupsOf)].map(withoutPrefix);
    const members = new Set([own, ...otherNames(own), ...groups, ...sets(own), 'allUsers']);
    if (hasGoogleAccount(own)) members.add('allAuthenticatedUsers');
    return {
      uid: `gcp:${own}`,
      members,
      denyForms: new Set([...members].map(denyForm).map((form) => form.toLowerCase())),
    };
  };
}

/** Identities of pools are not `allAuthenticatedUsers` (https://cloud.google.com/iam/docs/principals-overview#all-authenticated-users). */
function hasGoogleAccount(member: string): boolean {
  return /^(?:user|serviceAccount):/u.test(member) && !GKE_MEMBER.test(member);
}

/** The member as allow policies write it: an email address has no case (https://cloud.google.com/iam/docs/principal-identifiers). */
function withoutPrefix(asked: string): string {
  const member = asked.replace(/^gcp:/u, '');
  return /^(?:user|serviceAccount|group|domain):/u.test(member) && !member.includes('[')
    ? lowerAfterColon(member)
    : member;
}

function lowerAfterColon(member: string): string {
  const at = member.indexOf(':');
  return member.slice(0, at) + member.slice(at).toLowerCase();
}

function* transitiveGroups(start: Uid, groupsOf: ReadonlyMap<Uid, readonly Uid[]>): Iterable<Uid> {
  const seen = new Set<Uid>();
  const queue = [start];
  for (let uid = queue.pop(); uid !== undefined; uid = queue.pop()) {
    for (const group of groupsOf.get(uid) ?? []) {
      if (seen.has(group)) continue;
      seen.add(group);
      queue.push(group);
      yield group;
    }
  }
}

/**
 * A Kubernetes ServiceAccount of GKE has an old and a new name
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#kubernetes-resources-iam-policies). The new
 * one holds the project's number, which the old one does not tell, so any project's pool of that name is it.
 */
function otherNames(member: string): string[] {
  const subject =
    /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/locations\/global\/workloadIdentityPools\/([^/]+\.svc\.id\.goog)\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/u.exec(
      member,
    );
  return subject === null
    ? []
    : [`serviceAccount:${subject[1] ?? ''}[${subject[2] ?? ''}/${subject[3] ?? ''}]`];
}

/** The sets that a member belongs to by its name alone. */
function sets(member: string): string[] {
  if (member.startsWith('user:')) return [`domain:${member.slice(member.indexOf('@') + 1)}`];
  const pool = POOL_SUBJECT.exec(member);
  if (pool === null) return [];
  const [, prefix = '', subject = ''] = pool;
  const namespace = /^ns\/([^/]+)\/sa\//u.exec(subject)?.[1];
  return [
    `principalSet://${prefix}/*`,
    ...(namespace === undefined ? [] : [`principalSet://${prefix}/namespace/${namespace}`]),
  ];
}

/** https://cloud.google.com/iam/docs/principal-identifiers#deny */
function denyForm(member: string): string {
  if (member === 'allUsers' || member === 'allAuthenticatedUsers') return 'principalSet://goog/public:all';
  const at = member.indexOf(':');
  const [kind, name] = [member.slice(0, at), member.slice(at + 1)];
  switch (kind) {
    case 'user':
      return `principal://goog/subject/${name}`;
    case 'group':
      return `principalSet://goog/group/${name}`;
    case 'serviceAccount':
      return GKE_MEMBER.test(member)
        ? member
        : `principal://iam.googleapis.com/projects/-/serviceAccounts/${name}`;
    default:
      return member;
  }
}

/** The project that a service account lives in, by its address (https://cloud.google.com/iam/docs/service-account-types). */
export function homeOf(principalUid: Uid): Uid | null {
  const project = /^gcp:serviceAccount:[^@]+@([^.]+(?:\.[^.]+)?)\.iam\.gserviceaccount\.com$/u.exec(
    principalUid,
  )?.[1];
  return project === undefined ? null : `gcp:projects/${project}`;
}
