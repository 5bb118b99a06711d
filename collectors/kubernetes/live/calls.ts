import { AWS_AUTH, TRACKING } from '../objects/config-map.ts';
import { type Kind, KINDS } from '../objects/kinds.ts';

/** One kind of object, as it is listed. */
export interface ListCall {
  readonly kind: Kind;
  /** The API group, '' for the core one. */
  readonly group: string;
  readonly resource: string;
  readonly isNamespaced: boolean;
  readonly query: Readonly<Record<string, string | number>>;
  readonly headers: Readonly<Record<string, string>>;
}

const PAGE = 500;

/** Every kind that is listed, in order. ConfigMaps are not: two of them are read by name. */
export const LIST_CALLS: readonly ListCall[] = (Object.keys(KINDS) as Kind[]) // the keys of KINDS are its kinds
  .filter((kind) => kind !== 'ConfigMap')
  .map(listCall);

/** The ConfigMaps that are read, by name, all in kube-system. */
export const CONFIG_MAPS: readonly string[] = [TRACKING, AWS_AUTH].map((key) => key.replace(/^.*\//u, ''));

/** Paths that belong to no object: the server's version, and who signs its tokens. */
export const VERSION_PATH = '/version';
export const ISSUER_PATH = '/.well-known/openid-configuration';

/** The path of a list: of the whole cluster, or of one namespace. */
export function pathOf({ group, resource }: ListCall, namespace: string | null): string {
  const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  const within = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${within}/${resource}`;
}

/** The right that a list needs, as people say it: `list secrets`, `list roles.rbac.authorization.k8s.io`. */
export function permissionOf({ group, resource }: ListCall): string {
  return `list ${group === '' ? resource : `${resource}.${group}`}`;
}

function listCall(kind: Kind): ListCall {
  const { groups, resource, isNamespaced } = KINDS[kind];
  const isSecret = kind === 'Secret';
  return {
    kind,
    group: groups[0] ?? '',
    resource,
    isNamespaced,
    // Of Secrets the server is asked for the metadata of tokens only, so that no value enters this process:
    // https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches
    query: isSecret
      ? { limit: PAGE, fieldSelector: 'type=kubernetes.io/service-account-token' }
      : { limit: PAGE },
    headers: isSecret ? { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' } : {},
  };
}
