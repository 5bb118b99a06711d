import { z } from 'zod';
import { ActionError, type ActingContext, type ObjectState, type Parameters } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import type { WriteHttp } from '../shared/write-http.ts';
import { inCluster } from './cluster.ts';
import { listPath, objectPath } from './path.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

const subjectSchema = z.looseObject({
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

/** What of a binding can be made again: all but what the server itself writes. */
export const keptSchema = z.strictObject({
  labels: z.json().optional(),
  annotations: z.json().optional(),
  ownerReferences: z.json().optional(),
  roleRef: z.json(),
  subjects: z.array(z.json()),
});

const bindingSchema = z.looseObject({
  metadata: z.looseObject({ uid: z.string(), resourceVersion: z.string() }),
  roleRef: z.json(),
  subjects: z.array(z.json()).default([]),
});

/** A binding as it is now. */
export interface Binding {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly kept: z.infer<typeof keptSchema>;
}

/** Which binding, and which subject of it. */
export interface BindingPlace {
  readonly cluster: string;
  /** null: a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly name: string;
  /** `serviceaccount:<namespace>/<name>` or `user:<name>`. */
  readonly subject: string;
  readonly path: string;
  /** Where one like it is created. */
  readonly list: string;
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  /** `rolebindings.rbac.authorization.k8s.io`. */
  readonly resource: string;
}

/** The place that a step's parameters name. Throws ActionError `refused`. */
export function placeOf(parameters: Parameters): BindingPlace {
  const given = parameters['namespace'];
  const namespace = typeof given === 'string' ? given : null;
  const resource = namespace === null ? 'clusterrolebindings' : 'rolebindings';
  const name = textOf(parameters, 'binding');
  return {
    cluster: textOf(parameters, 'cluster'),
    namespace,
    name,
    subject: textOf(parameters, 'subject'),
    path: objectPath(RBAC, resource, namespace, name),
    list: listPath(RBAC, resource, namespace),
    kind: namespace === null ? 'ClusterRoleBinding' : 'RoleBinding',
    resource: `${resource}.rbac.authorization.k8s.io`,
  };
}

/** Reads a binding; null: it is not there. */
export async function getBinding(http: WriteHttp, { path }: BindingPlace): Promise<Binding | null> {
  const reply = await orAbsent(http({ method: 'GET', path }));
  if (reply === null) return null;
  const parsed = bindingSchema.safeParse(reply.body);
  if (!parsed.success) throw new ActionError('failed', 'the API server sent something that is no binding');
  const { metadata, roleRef, subjects } = parsed.data;
  const kept = Object.entries({
    labels: metadata['labels'],
    annotations: metadata['annotations'],
    ownerReferences: metadata['ownerReferences'],
  }).filter(([, value]) => value !== undefined);
  return {
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    object: parsed.data,
    kept: keptSchema.parse({ ...Object.fromEntries(kept), roleRef, subjects }),
  };
}

/** The subject of a step as the binding has it now, with what it takes to put it back. */
export function stateOf(binding: Binding | null, place: BindingPlace): ObjectState {
  const own = binding === null ? [] : binding.kept.subjects.filter((subject) => isSubject(subject, place));
  if (binding === null || own.length === 0) return { present: binding !== null, done: true, document: null };
  const { kept } = binding;
  return {
    present: true,
    done: false,
    document: { roleRef: kept.roleRef, subjects: own },
    // A JSON value by its schema, but for members that are left out.
    restore: JSON.parse(JSON.stringify(kept)) as Json,
  };
}

/** Whether a subject of a binding is the one of the step. */
export function isSubject(subject: Json, { subject: wanted, namespace }: BindingPlace): boolean {
  const parsed = subjectSchema.safeParse(subject);
  if (!parsed.success) return false;
  const { kind, name } = parsed.data;
  // A ServiceAccount without a namespace is of the binding's own.
  const home = (parsed.data.namespace ?? '') === '' ? (namespace ?? '') : (parsed.data.namespace ?? '');
  if (kind === 'ServiceAccount') return wanted === `serviceaccount:${home}/${name}`;
  return kind === 'User' && wanted === `user:${name}`;
}

/** Runs `work` with the API server that has the binding; what is denied is said to need `verb` on it. */
export async function withBinding<T>(
  parameters: Parameters,
  verb: string,
  context: ActingContext,
  work: (http: WriteHttp, place: BindingPlace) => Promise<T>,
): Promise<T> {
  const place = placeOf(parameters);
  return inCluster(place.cluster, `${verb} ${place.resource}`, context, (http) => work(http, place));
}
