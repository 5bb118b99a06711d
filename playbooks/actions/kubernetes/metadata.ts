import { z } from 'zod';
import { ActionError } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import type { WriteHttp } from '../shared/write-http.ts';

/** What of an object's metadata is needed to act on that very object. */
export interface Metadata {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Asks for the metadata alone, so that no value of a Secret enters this process; the plain form is for replies that are
 * no object. https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches
 */
export const METADATA_ONLY = {
  accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
} as const;

const objectSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
});

/** The metadata of an object; null: it is not there. Throws `CallError` and ActionError. */
export async function metadataOf(http: WriteHttp, path: string): Promise<Metadata | null> {
  const reply = await orAbsent(http({ method: 'GET', path, headers: METADATA_ONLY }));
  if (reply === null) return null;
  const parsed = objectSchema.safeParse(reply.body);
  if (!parsed.success) throw new ActionError('failed', 'the API server sent something without metadata');
  return parsed.data.metadata;
}

/** The body of a request that deletes an object only where it is still that one. */
export function onlyIfSame(uid: string): object {
  return { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
}

/** The uid in a state's document. Throws ActionError where it was not kept. */
export function uidIn(document: unknown): string {
  const uid = typeof document === 'object' && document !== null && 'uid' in document ? document.uid : null;
  if (typeof uid === 'string') return uid;
  throw new ActionError('failed', 'the uid of the object was not kept');
}
