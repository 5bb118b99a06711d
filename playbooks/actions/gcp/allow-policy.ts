import { z } from 'zod';
import { ActionError } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import type { Google } from './google.ts';
import { pathOf } from './names.ts';

const binding = z.looseObject({
  role: z.string(),
  members: z.array(z.string()).default([]),
  condition: z.json().optional(),
});
const schema = z.looseObject({
  version: z.number().optional(),
  etag: z.string().min(1),
  bindings: z.array(binding).default([]),
});

/** A role and those who hold it, as a policy writes it. */
export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: Json | undefined;
}

/** An allow policy as it was read, with everything that this program does not know. */
export interface AllowPolicy {
  readonly version?: number | undefined;
  readonly etag: string;
  readonly bindings: readonly Binding[];
}

/** Which rights reading and setting the policy of a resource take. Throws ActionError `refused`. */
export function policyPermissions(resource: string): { readonly get: string; readonly set: string } {
  const { kind } = placeOf(resource);
  return { get: `${kind}.getIamPolicy`, set: `${kind}.setIamPolicy` };
}

/** The policy of a project, folder, organisation or service account; null: that is not there. Throws ActionError. */
export async function readPolicy(google: Google, resource: string): Promise<AllowPolicy | null> {
  const { api, path } = placeOf(resource);
  const permission = policyPermissions(resource).get;
  // Without version 3 conditions are left out (https://cloud.google.com/iam/docs/policies#versions).
  const reply =
    api === 'iam'
      ? { path: `${path}:getIamPolicy?options.requestedPolicyVersion=3`, body: {} }
      : { path: `${path}:getIamPolicy`, body: { options: { requestedPolicyVersion: 3 } } };
  const answer = await google(api, { method: 'POST', asks: true, permission, ...reply });
  if (answer === null) return null;
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new ActionError('failed', `the allow policy of ${resource} is not understood`, null, parsed.error);
}

/**
 * Puts other bindings into a policy that was just read. Its etag goes with it: Google refuses it, and ActionError says
 * `conflict`, where somebody changed the policy since (https://cloud.google.com/iam/docs/policies#etag).
 */
export async function writePolicy(
  google: Google,
  resource: string,
  policy: AllowPolicy,
  bindings: readonly Binding[],
): Promise<void> {
  const { api, path } = placeOf(resource);
  const isConditional = bindings.some(({ condition }) => condition !== undefined && condition !== null);
  const body = { policy: { ...policy, bindings, ...(isConditional ? { version: 3 } : {}) } };
  const permission = policyPermissions(resource).set;
  const reply = await google(api, { method: 'POST', path: `${path}:setIamPolicy`, body, permission });
  if (reply === null) throw new ActionError('failed', `${resource} is gone`);
}

/** The same member: an email address has no case (https://cloud.google.com/iam/docs/principal-identifiers). */
export function isSameMember(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** The same condition, or none on both sides. */
export function isSameCondition(a: Json | undefined, b: Json | undefined): boolean {
  return conditionText(a) === conditionText(b);
}

function folded(member: string): string {
  return /^(?:user|serviceAccount|group|domain):[^[]+$/u.test(member) ? member.toLowerCase() : member;
}

/** Google leaves empty fields out. */
function conditionText(condition: Json | undefined): string {
  if (typeof condition !== 'object' || condition === null) return '';
  const told = Object.entries(condition).filter(([, value]) => value !== '' && value !== null);
  return JSON.stringify(told.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function placeOf(resource: string): {
  readonly api: 'iam' | 'cloudresourcemanager';
  readonly path: string;
  readonly kind: string;
} {
  if (/^projects\/[^/]+\/serviceAccounts\/[^/]+$/u.test(resource)) {
    return { api: 'iam', path: `v1/${pathOf(resource)}`, kind: 'iam.serviceAccounts' };
  }
  const kind = /^(projects|folders|organizations)\/[^/]+$/u.exec(resource)?.[1];
  if (kind === undefined)
    throw new ActionError('refused', `${resource} has no policy that can be edited here`);
  return { api: 'cloudresourcemanager', path: `v3/${pathOf(resource)}`, kind: `resourcemanager.${kind}` };
}
