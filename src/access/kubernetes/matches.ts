import type { Rule } from './rules.ts';

/** A request about an object or a collection; absent parts are empty, as in a SubjectAccessReview. */
interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  /** `pods`, or `pods/log` where there is a subresource. */
  readonly combined: string;
  readonly subresource: string;
  readonly name: string;
}

/**
 * Whether a rule allows a request about a resource
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources): every part is compared
 * literally and with case, only a whole `*` is a wildcard, and the request's own `*` matches nothing else.
 */
export function allowsResource(rule: Rule, request: ResourceAttributes): boolean {
  return (
    has(rule.verbs, request.verb) &&
    has(rule.apiGroups, request.group) &&
    coversResource(rule.resources, request) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name))
  );
}

/**
 * The names of the objects on which a rule allows a verb, `any` where it names none, or null where it allows it on no
 * object. A request to create an object or to delete a collection carries no name, so a rule with names never allows
 * it (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources).
 */
export function namesAllowed(
  rule: Rule,
  verb: string,
  group: string,
  resource: string,
): 'any' | readonly string[] | null {
  const subresource = resource.includes('/') ? resource.slice(resource.indexOf('/') + 1) : '';
  const { verbs, apiGroups, resources, resourceNames } = rule;
  if (!has(verbs, verb) || !has(apiGroups, group)) return null;
  if (!coversResource(resources, { combined: resource, subresource })) return null;
  if (resourceNames.length === 0) return 'any';
  return verb === 'deletecollection' || (verb === 'create' && subresource === '') ? null : resourceNames;
}

/** Whether a rule allows every verb on every resource of every group. */
export function allowsEverything({ verbs, apiGroups, resources, resourceNames }: Rule): boolean {
  return [verbs, apiGroups, resources].every((list) => list.includes('*')) && resourceNames.length === 0;
}

/** Whether a rule allows a request to a path that is no resource: `*`, the path itself, or a prefix that ends in `*`. */
export function allowsPath(rule: Rule, verb: string, path: string): boolean {
  return has(rule.verbs, verb) && rule.nonResourceURLs.some((url) => coversPath(url, path));
}

/** Whether a list of verbs or groups has a value, or the wildcard. */
export function has(list: readonly string[], value: string): boolean {
  return list.includes(value) || list.includes('*');
}

// A whole `*` covers subresources too. `pods` does not cover `pods/log`. A star before a slash stands for every
// resource, a star after it is literal.
function coversResource(
  resources: readonly string[],
  { combined, subresource }: Pick<ResourceAttributes, 'combined' | 'subresource'>,
): boolean {
  if (resources.includes(combined) || resources.includes('*')) return true;
  return subresource !== '' && resources.includes(`*/${subresource}`);
}

function coversPath(url: string, path: string): boolean {
  if (url === '*' || url === path) return true;
  if (!url.endsWith('*')) return false;
  let end = url.length;
  while (url[end - 1] === '*') end -= 1;
  return path.startsWith(url.slice(0, end));
}
