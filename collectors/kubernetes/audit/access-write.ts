import { z } from 'zod';

/** A change of an object that decides access. */
export interface AccessWrite {
  readonly verb: string;
  readonly resource: AccessResource;
  /** '': the object is of the cluster. */
  readonly namespace: string;
  readonly name: string;
}

/** What decides access, as the API calls it: bindings, roles, whom they are for, and tokens. */
const ACCESS_RESOURCES = [
  'clusterrolebindings',
  'rolebindings',
  'clusterroles',
  'roles',
  'serviceaccounts',
  'secrets',
] as const;

type AccessResource = (typeof ACCESS_RESOURCES)[number];

const GROUPS: ReadonlySet<string> = new Set(['', 'core', 'rbac.authorization.k8s.io']);
const VERBS: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete']);

const name = z.string().max(253).catch('');

const native = z.object({
  verb: z.string(),
  requestURI: z.string().catch(''),
  responseStatus: z.object({ code: z.number().min(200).max(299) }),
  objectRef: z.object({
    resource: z.enum(ACCESS_RESOURCES),
    apiGroup: z.string().nullish(),
    subresource: z.string().nullish(),
    namespace: name,
    name,
  }),
});

/**
 * The change that an event of the API server's own log records; null: none that came about, or of nothing that decides
 * access. https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-ObjectReference
 */
export function nativeWrite(event: unknown): AccessWrite | null {
  const parsed = native.safeParse(event);
  if (!parsed.success) return null;
  const { verb, requestURI, objectRef } = parsed.data;
  // https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
  if (!VERBS.has(verb) || /[?&]dryRun=/u.test(requestURI)) return null;
  const { resource, apiGroup, subresource, namespace, name: own } = objectRef;
  // `serviceaccounts/token` hands a token out and changes nothing.
  if (own === '' || (subresource ?? '') !== '' || !GROUPS.has(apiGroup ?? '')) return null;
  return { verb, resource, namespace, name: own };
}

const google = z.object({
  protoPayload: z.object({
    methodName: z.string(),
    resourceName: z.string().max(1024),
    status: z.object({ code: z.number().nullish() }).nullish(),
  }),
});

/** `rbac.authorization.k8s.io/v1/namespaces/n/rolebindings/b`, `core/v1/namespaces/n/serviceaccounts/a` */
const RESOURCE_NAME = /^([a-z.\d-]+)\/v[a-z\d]+\/(?:namespaces\/([^/]+)\/)?([a-z]+)\/([^/]+)$/u;

/** As `nativeWrite`, for Google's audit log: https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging */
export function googleWrite(entry: unknown): AccessWrite | null {
  const parsed = google.safeParse(entry);
  if (!parsed.success) return null;
  const { methodName, resourceName, status } = parsed.data.protoPayload;
  const verb = methodName.slice(methodName.lastIndexOf('.') + 1);
  const [, group = '', namespace = '', kind, own] = RESOURCE_NAME.exec(resourceName) ?? [];
  const resource = ACCESS_RESOURCES.find((each) => each === kind);
  if ((status?.code ?? 0) !== 0 || !VERBS.has(verb) || !GROUPS.has(group)) return null;
  return resource === undefined || own === undefined ? null : { verb, resource, namespace, name: own };
}
