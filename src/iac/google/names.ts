import type { Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { ResourceView } from '../terraform/resource-view.ts';

/** `my-project`, with or without `projects/` before it, as a uid; null: not known. */
export function projectUid(project: string | null): Uid | null {
  return project === null ? null : `gcp:projects/${project.replace(/^projects\//u, '')}`;
}

/** The address of a service account: https://cloud.google.com/iam/docs/service-account-overview. */
export function emailOf(view: ResourceView): string {
  const known = view.value('email');
  if (typeof known === 'string') return known;
  const project = view.text('project')?.replace(/^projects\//u, '') ?? 'project-known-after-apply';
  return `${view.text('account_id') ?? view.address}@${project}.iam.gserviceaccount.com`;
}

/** `projects/p/roles/r` or `organizations/o/roles/r`. */
export function customRoleName(view: ResourceView): string {
  const role = view.text('role_id') ?? view.address;
  const organization = view.text('org_id');
  if (organization !== null) return `organizations/${organization}/roles/${role}`;
  return `projects/${(view.text('project') ?? 'project-known-after-apply').replace(/^projects\//u, '')}/roles/${role}`;
}

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account and alike. */
export function computeGoogle(view: ResourceView, attribute: string): string | null {
  if (view.type === 'google_service_account') {
    const email = emailOf(view);
    if (attribute === 'email') return email;
    if (attribute === 'member') return `serviceAccount:${email}`;
    const project = /@([^.]+)\./u.exec(email)?.[1] ?? '-';
    return attribute === 'name' || attribute === 'id' ? `projects/${project}/serviceAccounts/${email}` : null;
  }
  if (!view.type.endsWith('_iam_custom_role')) return null;
  return attribute === 'name' || attribute === 'id' ? customRoleName(view) : null;
}

/** The uid of a member; a text around a reference, which plans do not show, is put back. */
export function memberUid(member: string): Uid {
  const isBareEmail = !member.includes(':') && member.endsWith('.iam.gserviceaccount.com');
  const whole = isBareEmail ? `serviceAccount:${member}` : member;
  // Addresses have no case: https://cloud.google.com/iam/docs/principal-identifiers.
  const hasAddress = /^(?:user|serviceAccount|group|domain):/u.test(whole) && !whole.includes('[');
  const at = whole.indexOf(':');
  return gcpMemberUid(hasAddress ? whole.slice(0, at) + whole.slice(at).toLowerCase() : whole);
}

/** The project in the address of a service account, as a uid; null: it has none. */
export function homeOf(principalUid: Uid): Uid | null {
  return projectUid(/@([^.@]+)\.iam\.gserviceaccount\.com$/u.exec(principalUid)?.[1] ?? null);
}
