import { ActionError } from '#contract/action.ts';

/** The path of an object of the API. Throws ActionError `refused` for what is no name. */
export function objectPath(
  root: '/api/v1' | '/apis/rbac.authorization.k8s.io/v1',
  resource: string,
  namespace: string | null,
  name: string,
): string {
  return `${listPath(root, resource, namespace)}/${segment(name)}`;
}

/** The path that objects are created at. Throws ActionError `refused`. */
export function listPath(
  root: '/api/v1' | '/apis/rbac.authorization.k8s.io/v1',
  resource: string,
  namespace: string | null,
): string {
  return namespace === null ? `${root}/${resource}` : `${root}/namespaces/${segment(namespace)}/${resource}`;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names */
function segment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/%]/u.test(name)) {
    throw new ActionError('refused', `${JSON.stringify(name)} is no name of an object`);
  }
  return encodeURIComponent(name);
}
