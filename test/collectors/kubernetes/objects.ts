/** Objects as a server gives them: with a uid, a version and a time. */
export type Fields = Readonly<Record<string, unknown>>;

const CREATED = '2026-01-02T03:04:05Z';

let made = 0;

/** An object of a server. `where` is `name` or `namespace/name`. */
export function served(
  apiVersion: string,
  kind: string,
  where: string,
  fields: Fields = {},
  metadata: Fields = {},
): Fields {
  made++;
  const identity = { uid: `uid-${kind}-${where}`, resourceVersion: String(made), creationTimestamp: CREATED };
  return { apiVersion, kind, ...fields, metadata: { ...named(where), ...identity, ...metadata } };
}

/** An object of a manifest, which no server has seen. */
export function manifest(
  apiVersion: string,
  kind: string,
  where: string,
  fields: Fields = {},
  metadata: Fields = {},
): Fields {
  return { apiVersion, kind, ...fields, metadata: { ...named(where), ...metadata } };
}

export const RBAC = 'rbac.authorization.k8s.io/v1';

/** A ServiceAccount of a server. */
export function account(where: string, metadata: Fields = {}, fields: Fields = {}): Fields {
  return served('v1', 'ServiceAccount', where, fields, metadata);
}

/** A pod template that runs as `serviceAccountName`; undefined: it does not say. */
export function template(serviceAccountName?: string, spec: Fields = {}): Fields {
  return {
    template: { spec: { ...(serviceAccountName === undefined ? {} : { serviceAccountName }), ...spec } },
  };
}

/** A reference to the object that made this one. */
export function ownedBy(kind: string, name: string): Fields {
  return { ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'uid', controller: true }] };
}

function named(where: string): Fields {
  const slash = where.indexOf('/');
  return slash < 0 ? { name: where } : { namespace: where.slice(0, slash), name: where.slice(slash + 1) };
}
