import { observe, type Observation } from '#model/record.ts';
import type { Json, Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { type Fields, listOf, memberOf, objectOf, textOf, textsOf } from '../fields.ts';
import { poolUid } from './groups.ts';

/** Deny policies, principal access boundaries as they are bound, and what is kept of the newer access policies. */
export function* guardrailRows(estate: Estate): Generator<Observation> {
  const { holdings, naming } = estate;
  for (const { name, fields } of holdings.get('deny-policy') ?? []) {
    const targetUid = attachmentUid(name, estate);
    if (targetUid === null) continue;
    yield observe('guardrails', {
      uid: `gcp:${name}`,
      system: 'gcp',
      scopeUid: targetUid,
      kind: 'deny-policy',
      targetUid,
      roleUid: null,
      document: Object.hasOwn(fields, 'rules') ? { rules: fields['rules'] ?? null } : null,
      raw: fields,
    });
  }
  const boundaries = new Map((holdings.get('boundary') ?? []).map(({ name, fields }) => [name, fields]));
  for (const { name, fields } of holdings.get('boundary-binding') ?? []) {
    if ((textOf(fields, 'policyKind') ?? BOUNDARY) !== BOUNDARY) continue;
    const details = memberOf(boundaries.get(textOf(fields, 'policy') ?? '') ?? null, 'details');
    yield observe('guardrails', {
      uid: `gcp:${name}`,
      system: 'gcp',
      scopeUid: naming.scopeUid(/^[^/]+\/[^/]+/u.exec(name)?.[0] ?? name),
      kind: 'principal-access-boundary',
      targetUid: boundSet(textOf(memberOf(fields, 'target'), 'principalSet') ?? '', estate),
      roleUid: null,
      document:
        details === null ? null : { details: byId(details, estate), condition: fields['condition'] ?? null },
      raw: fields,
    });
  }
  for (const { name, fields } of holdings.get('access-policy') ?? []) {
    const parent = /^[^/]+\/[^/]+/u.exec(name)?.[0] ?? name;
    yield observe('resourcePolicies', {
      uid: `gcp:${name}`,
      system: 'gcp',
      scopeUid: naming.scopeUid(parent),
      resourceUid: naming.scopeUid(parent),
      kind: 'access-policy',
      document: fields,
    });
  }
}

const BOUNDARY = 'PRINCIPAL_ACCESS_BOUNDARY';

/** `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies/x` is attached to the project 1. */
export function attachmentUid(name: string, { naming }: Pick<Estate, 'naming'>): Uid | null {
  const encoded = /^policies\/([^/]+)\//u.exec(name)?.[1] ?? '';
  const scope = /^cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)$/iu.exec(
    encoded.replaceAll(/%2f/giu, '/'),
  )?.[1];
  return scope === undefined ? null : naming.scopeUid(scope);
}

/** The bound set as policies name it, or the scope whose principals it means (https://cloud.google.com/iam/docs/principal-access-boundary-policies#principal-sets). */
function boundSet(set: string, estate: Estate): Uid {
  const [, host, path = ''] = /^\/\/([a-z]+)\.googleapis\.com\/(.+)$/u.exec(set) ?? [];
  if (host === 'cloudresourcemanager') return estate.naming.scopeUid(path);
  if (host === 'iam') return poolUid(path, estate);
  const customer = /^workspace\/(?:customerId\/)?(.+)$/u.exec(path)?.[1];
  return customer === undefined
    ? `gcp:${set}`
    : gcpMemberUid(`principalSet://goog/cloudIdentityCustomerId/${customer}`);
}

/** The rules with projects by id, as scopes are called. */
function byId(details: Fields, { naming }: Estate): Json {
  const rules = listOf(details, 'rules').map((rule): Json => {
    const fields = objectOf(rule);
    if (fields === null || !Array.isArray(fields['resources'])) return rule;
    const resources = textsOf(fields, 'resources').map((name) =>
      name.replace(
        /^(\/\/cloudresourcemanager\.googleapis\.com\/)(projects\/[^/]+)$/u,
        (_, host: string, project: string) => host + naming.scopeUid(project).replace(/^gcp:/u, ''),
      ),
    );
    return { ...fields, resources };
  });
  return Array.isArray(details['rules']) ? { ...details, rules } : details;
}
