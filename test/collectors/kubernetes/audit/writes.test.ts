import { describe, expect, it } from 'vitest';
import { importTexts } from '#test/collectors/kubernetes/importing.ts';
import { event, google, lines } from './logs.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A change of a RoleBinding, and what is different about it. */
function change(fields: Fields = {}, ref: Fields = {}): Fields {
  return {
    ...event({ user: 'ann', verb: 'create', code: 201 }),
    requestURI: '/apis/rbac.authorization.k8s.io/v1/namespaces/pay/rolebindings',
    objectRef: {
      resource: 'rolebindings',
      apiGroup: 'rbac.authorization.k8s.io',
      apiVersion: 'v1',
      namespace: 'pay',
      name: 'ops',
      ...ref,
    },
    ...fields,
  };
}

async function writesIn(...events: readonly unknown[]): Promise<string[]> {
  const { loggedWrites } = await importTexts({ 'audit.log': lines(...events) });
  return loggedWrites.map(({ actor, action, objectUid, writtenAt }) =>
    [actor, action, objectUid, writtenAt].join(' '),
  );
}

describe('who changed what, by an audit log', () => {
  it('is told for bindings, roles, ServiceAccounts and Secrets, by the uids that snapshots have', async () => {
    const at = '2026-11-20T10:00:00.123Z';
    const core = { apiGroup: undefined };
    expect(
      await writesIn(
        change(),
        change(
          { verb: 'delete', responseStatus: { code: 200 } },
          { resource: 'clusterrolebindings', namespace: '' },
        ),
        change(
          { verb: 'patch', responseStatus: { code: 200 } },
          { resource: 'clusterroles', namespace: undefined },
        ),
        change({}, { resource: 'roles' }),
        change({}, { resource: 'serviceaccounts', ...core }),
        change({}, { resource: 'secrets', ...core }),
      ),
    ).toEqual([
      `ann create rolebindings k8s:prod:rolebinding:pay/ops ${at}`,
      `ann delete clusterrolebindings k8s:prod:clusterrolebinding:ops ${at}`,
      `ann patch clusterroles k8s:prod:clusterrole:ops ${at}`,
      `ann create roles k8s:prod:role:pay/ops ${at}`,
      `ann create serviceaccounts k8s:prod:serviceaccount:pay/ops ${at}`,
      `ann create secrets k8s:prod:secret:pay/ops ${at}`,
    ]);
  });

  it('is told once for an actor and what they did, with the last time', async () => {
    const later = { stageTimestamp: '2026-11-21T10:00:00Z' };
    expect(await writesIn(change(later), change(), change({ user: { username: 'bob' } }))).toEqual([
      'ann create rolebindings k8s:prod:rolebinding:pay/ops 2026-11-21T10:00:00.000Z',
      'bob create rolebindings k8s:prod:rolebinding:pay/ops 2026-11-20T10:00:00.123Z',
    ]);
  });

  it('is nobody where nothing came about: refused, a dry run, a token handed out, a read, another resource', async () => {
    expect(
      await writesIn(
        change({ responseStatus: { code: 403 } }),
        change({ responseStatus: { code: 409 } }),
        change({ requestURI: '/apis/rbac.authorization.k8s.io/v1/namespaces/pay/rolebindings?dryRun=All' }),
        change({}, { resource: 'serviceaccounts', apiGroup: '', subresource: 'token' }),
        change({ verb: 'get', responseStatus: { code: 200 } }),
        change({}, { resource: 'deployments', apiGroup: 'apps' }),
        change({}, { apiGroup: 'example.com' }),
        change({}, { name: '' }),
        change({ objectRef: 'rolebindings' }),
      ),
    ).toEqual([]);
  });

  it('is told by Google’s log too', async () => {
    const entry = (verb: string, resourceName: string, code = 0) => {
      const whole = google({ user: 'ann@example.com', verb, code });
      const methodName = `io.k8s.authorization.rbac.v1.rolebindings.${verb}`;
      return { ...whole, protoPayload: { ...(whole['protoPayload'] as object), methodName, resourceName } };
    };
    const place = 'rbac.authorization.k8s.io/v1/namespaces/pay/rolebindings/ops';
    expect(
      await writesIn(
        entry('create', place),
        entry('delete', 'rbac.authorization.k8s.io/v1/clusterrolebindings/ops'),
        entry('update', place, 7),
        entry('get', place),
        entry('create', 'core/v1/namespaces/pay/pods/ops'),
      ),
    ).toEqual([
      'ann@example.com create rolebindings k8s:prod:rolebinding:pay/ops 2026-11-20T10:00:00.123Z',
      'ann@example.com delete clusterrolebindings k8s:prod:clusterrolebinding:ops 2026-11-20T10:00:00.123Z',
    ]);
  });
});
