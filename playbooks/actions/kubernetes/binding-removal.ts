import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  ActionError,
  defineAction,
  type Action,
  type ObjectState,
  type Parameters,
  type Receipt,
  type Subject,
} from '#contract/action.ts';
import { changedSince } from '../shared/action-error.ts';
import type { WriteHttp } from '../shared/write-http.ts';
import {
  getBinding,
  isSubject,
  keptSchema,
  placeOf,
  stateOf,
  withBinding,
  type Binding,
  type BindingPlace,
} from './binding-object.ts';
import { receiptOf } from './cluster.ts';
import { isOwn } from './own.ts';
import { BINDINGS_SETTLE } from './settle.ts';

/** Takes a subject out of bindings of one kind; a binding that has no other subject is deleted. */
export function bindingRemoval(kind: 'role-binding' | 'cluster-role-binding'): Action {
  const resource = `${kind.replaceAll('-', '')}s.rbac.authorization.k8s.io`;
  return defineAction({
    id: `kubernetes/remove-${kind}`,
    system: 'kubernetes',
    phase: 'remove',
    closes: 'subject',
    title: (parameters) => {
      const { kind: what, namespace, name, subject } = placeOf(parameters);
      return `Take ${subject} out of the ${what} ${namespace === null ? '' : `${namespace}/`}${name}`;
    },
    parametersFor: (subject) => parametersFor(kind, subject),
    // Whoever changes or makes a binding must hold its role's rights, or may bind it:
    // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
    permissions: [
      'bind clusterroles.rbac.authorization.k8s.io',
      ...(kind === 'role-binding' ? ['bind roles.rbac.authorization.k8s.io'] : []),
      ...['create', 'delete', 'get', 'update'].map((verb) => `${verb} ${resource}`),
    ],
    settle: BINDINGS_SETTLE,
    read: (parameters, context) =>
      withBinding(parameters, 'get', context, async (http, place) =>
        stateOf(await getBinding(http, place), place),
      ),
    act: (parameters, before, context) =>
      withBinding(parameters, 'delete and update', context, async (http, place) => take(http, place, before)),
    undo: (parameters, before, context) =>
      withBinding(parameters, 'create and update', context, async (http, place) =>
        putBack(http, place, before),
      ),
  });
}

const grantSchema = z.object({ binding: z.string(), namespace: z.string().nullable() });

function parametersFor(kind: string, subject: Subject): Parameters | null {
  if (subject.table !== 'grants' || subject.row.kind !== kind || !isOwn(subject.identity)) return null;
  const { row, identity } = subject;
  const raw = grantSchema.safeParse(row.raw);
  const key = row.uid.slice(row.uid.indexOf('#') + 1);
  if (!raw.success || row.principalUid !== identity.uid || !/^(?:serviceaccount|user):/u.test(key))
    return null;
  const { binding, namespace } = raw.data;
  return { cluster: identity.scopeUid.replace(/^k8s:/u, ''), namespace, binding, subject: key };
}

async function take(http: WriteHttp, place: BindingPlace, before: ObjectState): Promise<Receipt> {
  const binding = await getBinding(http, place);
  if (binding === null || !isDeepStrictEqual(binding.kept, keptIn(before))) {
    changedSince(`the ${place.kind} ${place.name}`);
  }
  const others = binding.kept.subjects.filter((subject) => !isSubject(subject, place));
  return others.length === 0 ? remove(http, place, binding) : replace(http, place, binding, others);
}

async function remove(http: WriteHttp, { path }: BindingPlace, binding: Binding): Promise<Receipt> {
  const { uid, resourceVersion } = binding;
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid, resourceVersion } };
  return receiptOf(await http({ method: 'DELETE', path, body }));
}

/** The object carries the resourceVersion that it was read with: the server refuses it where somebody was faster. */
async function replace(
  http: WriteHttp,
  { path }: BindingPlace,
  { object }: Binding,
  subjects: Binding['kept']['subjects'],
): Promise<Receipt> {
  return receiptOf(await http({ method: 'PUT', path, body: { ...object, subjects } }));
}

async function putBack(http: WriteHttp, place: BindingPlace, before: ObjectState): Promise<Receipt> {
  const kept = keptIn(before);
  const { roleRef, subjects, ...metadata } = kept;
  const binding = await getBinding(http, place);
  if (binding === null) {
    const { name, namespace } = place;
    const body = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: place.kind,
      metadata: { name, ...(namespace === null ? {} : { namespace }), ...metadata },
      roleRef,
      subjects,
    };
    return receiptOf(await http({ method: 'POST', path: place.list, body }));
  }
  if (!isDeepStrictEqual(binding.kept.roleRef, roleRef)) {
    throw new ActionError('conflict', `the ${place.kind} ${place.name} was made again with another role`);
  }
  const now = binding.kept.subjects;
  const own = subjects.filter((subject) => isSubject(subject, place));
  if (own.every((subject) => now.some((each) => isDeepStrictEqual(each, subject))))
    return { requestId: null };
  const others = subjects.filter((subject) => !isSubject(subject, place));
  // Where nobody else changed it, the order comes back too.
  return replace(http, place, binding, isDeepStrictEqual(now, others) ? subjects : [...now, ...own]);
}

function keptIn({ restore }: ObjectState): Binding['kept'] {
  const parsed = keptSchema.safeParse(restore);
  if (!parsed.success) throw new ActionError('failed', 'what undoing needs was not kept');
  return parsed.data;
}
