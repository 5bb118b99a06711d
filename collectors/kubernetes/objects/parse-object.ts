import { z } from 'zod';
import { type Bodies, isKind, type Kind, KINDS } from './kinds.ts';
import { type Meta, metaOf, metaSchema } from './meta.ts';
import type { RawObject } from './unpack.ts';

/** An object whose kind is read. */
export interface KubernetesObject<Body> {
  readonly meta: Meta;
  readonly body: Body;
  /** File and place, for messages. */
  readonly place: string;
}

/** A malformed object: of which kind, its name where it has one, and what is wrong with it. */
export interface Malformed {
  readonly kind: Kind;
  readonly name: string;
  readonly reason: string;
}

/** The kind that an object is read as; null: nobody needs it. */
export function kindOf({ kind, group, value }: RawObject): Kind | null {
  // A list of metadata alone does not say of what; only a token Secret names its ServiceAccount like this
  // (https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-service-account-name).
  if (kind === 'PartialObjectMetadata' && group === 'meta.k8s.io') {
    return tokenMetadata.safeParse(value).success ? 'Secret' : null;
  }
  return isKind(kind) && KINDS[kind].groups.includes(group) ? kind : null;
}

/** Reads an object as one of `kind`. */
export function parseObject<K extends Kind>(
  kind: K,
  { value, place }: RawObject,
): KubernetesObject<Bodies[K]> | Malformed {
  const spec = KINDS[kind];
  const metadata = metaSchema.safeParse(value);
  if (!metadata.success) return malformed(kind, value, metadata.error);
  const meta = metaOf(metadata.data, spec.isNamespaced);
  if (spec.isNamespaced && meta.namespace === '') {
    return { kind, name: meta.name, reason: 'metadata.namespace: is missing' };
  }
  const body = spec.body.safeParse(value);
  return body.success ? { meta, body: body.data, place } : malformed(kind, value, body.error);
}

const tokenMetadata = z.object({
  metadata: z.object({ annotations: z.object({ 'kubernetes.io/service-account.name': z.string() }) }),
});

const named = z.object({ metadata: z.object({ namespace: z.string().optional(), name: z.string() }) });

function malformed(kind: Kind, value: unknown, { issues }: z.ZodError): Malformed {
  const found = named.safeParse(value);
  const { namespace, name } = found.success
    ? found.data.metadata
    : { namespace: undefined, name: '(no name)' };
  const issue = issues[0];
  const path = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return {
    kind,
    name: namespace === undefined ? name : `${namespace}/${name}`,
    reason: `${path}${issue?.message ?? 'malformed'}`,
  };
}
