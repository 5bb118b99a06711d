import { parseArn } from './arn.ts';
import { ABSENT, tagValue, value, type KeyValue } from './condition/key-value.ts';
import type { ContextSubject } from './context-subject.ts';
import { boundaryOf } from './policy-source.ts';
import { organizationOf } from './organization.ts';

/** What follows for a condition key from the resource; null: nothing. */
export function resourceKey(subject: ContextSubject, key: string): KeyValue | null {
  const { resourceAccount, estate } = subject;
  const tag = /^(?:aws|iam):resourcetag\/(.+)$/u.exec(key)?.[1];
  if (tag !== undefined) return targetTag(subject, tag);
  switch (key) {
    case 'aws:resourceaccount':
      return resourceAccount === null ? null : value(resourceAccount);
    case 'aws:resourceorgid': {
      const organization = resourceAccount === null ? null : organizationOf(estate, resourceAccount);
      if (organization?.status === 'none') return ABSENT;
      return organization === null || organization.id === null ? null : value(organization.id);
    }
    case 'aws:requestedregion':
      return requestedRegion(subject);
    case 'iam:permissionsboundary':
      return targetBoundary(subject);
    default:
      return null;
  }
}

/** The users and roles of the records have the tags that the records say; of other resources nothing is known. */
function targetTag({ estate, resource }: ContextSubject, lowerTag: string): KeyValue | null {
  const target = resource === null ? undefined : estate.identities.get(resource);
  return target === undefined ? null : tagValue(target.tags, lowerTag);
}

/**
 * A resource's Region is where the request goes; services with one endpoint are called in us-east-1.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
function requestedRegion({ action, resource, principal }: ContextSubject): KeyValue | null {
  const region = resource === null ? '' : (parseArn(resource)?.region ?? '');
  if (/^[a-z0-9-]+$/u.test(region)) return value(region);
  const isGlobal = principal.partition === 'aws' && GLOBAL_SERVICES.has(action.slice(0, action.indexOf(':')));
  return isGlobal ? value('us-east-1') : null;
}

const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'cloudfront',
  'iam',
  'organizations',
  'route53',
  'support',
]);

/**
 * When policies of a user or role are changed, the key says the boundary that the user or role has; when one is made
 * or given a boundary, the one that the request names.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
function targetBoundary({ estate, action, resource }: ContextSubject): KeyValue | null {
  if (resource === null || !estate.identities.has(resource)) return null;
  if (!/^iam:(?:attach|detach|put|delete)(?:user|role)policy$/u.test(action)) return null;
  const boundary = boundaryOf(estate, resource);
  return boundary === null ? ABSENT : value(boundary.uid);
}
