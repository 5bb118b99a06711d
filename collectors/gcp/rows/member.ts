import type { Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Naming } from '../naming.ts';

/** Addresses have no case, and the engine of access compares them in lower case (https://cloud.google.com/iam/docs/principal-identifiers). */
export function memberUid(member: string): Uid {
  const hasAddress = /^(?:user|serviceAccount|group|domain):/u.test(member) && !member.includes('[');
  const at = member.indexOf(':');
  return gcpMemberUid(hasAddress ? member.slice(0, at) + member.slice(at).toLowerCase() : member);
}

/** `shop.svc.id.goog[namespace/name]`: a ServiceAccount of GKE. */
export const GKE_MEMBER = /^serviceAccount:([^[\]]+)\.svc\.id\.goog\[([^/\]]+)\/([^\]]+)\]$/u;

/** A member that the tokens of somebody else's issuer prove to be. */
export function isFederated(member: string): boolean {
  return /^(?:principal|principalSet):\/\//u.test(member) || GKE_MEMBER.test(member);
}

/**
 * Accounts that Google's services act as in a customer's estate. They live in Google's own projects, nobody can list
 * them, and a project's number says whose they are (https://cloud.google.com/iam/docs/service-agents).
 */
export function isServiceAgent(email: string): boolean {
  return (
    /^service-(?:org-|folder-)?\d+@/u.test(email) ||
    /@gcp-sa-[^.]+\.iam\.gserviceaccount\.com$/u.test(email) ||
    /@(?:cloudservices|cloudbuild|system)\.gserviceaccount\.com$/u.test(email)
  );
}

/** The scope that a service agent acts for, by the number in its address; null: the address has none. */
export function agentHome(email: string, naming: Naming): Uid | null {
  const [, kind, number] = /^(?:service-(org-|folder-)?)?(\d+)@/u.exec(email) ?? [];
  if (number === undefined) return null;
  const kinds = kind === 'org-' ? 'organizations' : kind === 'folder-' ? 'folders' : 'projects';
  return naming.scopeUid(`${kinds}/${number}`);
}

/** What a default service account is the default of; null: it is none (https://cloud.google.com/iam/docs/service-account-types#default). */
export function defaultOf(email: string): 'compute-engine' | 'app-engine' | null {
  if (/^\d+-compute@developer\.gserviceaccount\.com$/u.test(email)) return 'compute-engine';
  return email.endsWith('@appspot.gserviceaccount.com') ? 'app-engine' : null;
}
