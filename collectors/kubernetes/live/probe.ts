import { CallError } from '#collectors/shared/live/call-error.ts';
import type { LiveContext, Probe } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { CONFIG_MAPS, LIST_CALLS, pathOf, permissionOf } from './calls.ts';
import { openSession, type Session } from './session.ts';

interface Question {
  readonly call: string;
  readonly permission: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Asks the server for each right, by SelfSubjectAccessReview. */
export async function* probe(target: KubernetesTarget, context: LiveContext): AsyncGenerator<Probe> {
  const session = await openSession(target, context);
  for (const question of questionsOf(target)) yield await ask(session, question);
}

function questionsOf({ namespaces }: KubernetesTarget): readonly Question[] {
  const lists = LIST_CALLS.flatMap((call) =>
    (call.isNamespaced ? (namespaces ?? [null]) : [null]).map((namespace) => ({
      call: `GET ${pathOf(call, namespace)}`,
      permission: permissionOf(call),
      attributes: {
        verb: 'list',
        group: call.group,
        resource: call.resource,
        ...(namespace === null ? {} : { namespace }),
      },
    })),
  );
  const configMaps = CONFIG_MAPS.map((name) => ({
    call: `GET /api/v1/namespaces/kube-system/configmaps/${name}`,
    permission: 'get configmaps',
    attributes: { verb: 'get', group: '', resource: 'configmaps', namespace: 'kube-system', name },
  }));
  return [...lists, ...configMaps];
}

async function ask({ http, cluster }: Session, { call, permission, attributes }: Question): Promise<Probe> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: attributes },
  };
  try {
    const { body } = await http.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
    const allowed = member(member(body, 'status'), 'allowed');
    const status = allowed === true ? 'allowed' : allowed === false ? 'denied' : 'unknown';
    return { call, permission, status, detail: null };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, detail } = error.failure;
    if (kind === 'unreachable' || kind === 'unauthenticated') {
      throw new CollectError(`${cluster}: ${detail}`, { cause: error });
    }
    return { call, permission, status: 'unknown', detail };
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
