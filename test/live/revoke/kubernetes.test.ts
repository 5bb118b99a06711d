import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { ActingContext } from '#contract/action.ts';
import { defaultTarget } from '#config/targets.ts';
import { kubernetesLive } from '#collectors/kubernetes/live/index.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { kubernetesActions } from '#playbooks/actions/kubernetes/index.ts';
import { subjectAccessReview } from '#playbooks/actions/kubernetes/subject-access-review.ts';
import { formerAccess, readIdentity } from '#revocation/read-subjects.ts';
import { openEstate } from '#test/estates/estate.ts';
import { newKey } from '#test/ledger/ledger-for-test.ts';
import { tempDir } from '#test/temp-dir.ts';
import { openApi, type Api } from '../kubernetes/api.ts';
import { startKubeApiserver, whyNoKubeApiserver, type KubeApiserver } from '../kube-apiserver.ts';
import { allowed, bindings, bindRights, buildWorld } from './kubernetes-world.ts';
import { carryOut, contextFor, ledgerFor, planOn, takeBack } from './revoking.ts';

const why = whyNoKubeApiserver();
const APP = 'k8s:real:serviceaccount:pay/app';
const ACCOUNT = '/api/v1/namespaces/pay/serviceaccounts/app';

describe.skipIf(why !== null)(`a revocation in Kubernetes${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let server: KubeApiserver;
  let api: Api;
  let context: ActingContext;
  let rows: PartialRows;
  const key = newKey();

  beforeAll(async () => {
    server = await startKubeApiserver();
    api = openApi(server.url, server.ca, server.adminToken);
    await buildWorld(api);
    rows = await read(await server.kubeconfigFor(server.adminToken));
    const permissions = [...kubernetesActions, subjectAccessReview].flatMap((each) => each.permissions);
    await api.must('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'revoker' } });
    await bindRights(api, 'revoker', [...new Set(permissions)]);
    const path = '/api/v1/namespaces/default/serviceaccounts/revoker/token';
    const { status } = await api.must('POST', path, { spec: {} });
    context = contextFor(targetWith(await server.kubeconfigFor(status?.token ?? '')));
  });
  afterAll(async () => {
    api?.close();
    await server?.stop();
  });

  function targetWith(kubeconfig: string): KubernetesTarget {
    // The default of a system is a target of that system.
    return { ...(defaultTarget('kubernetes') as KubernetesTarget), kubeconfig };
  }

  async function read(kubeconfig: string): Promise<PartialRows> {
    const observations: Observation[] = [];
    for await (const batch of kubernetesLive.read(
      targetWith(kubeconfig),
      contextFor(targetWith(kubeconfig)),
    )) {
      observations.push(...batch);
    }
    const of = <T extends keyof CollectedRecords>(table: T) =>
      // A row's type goes with its table's name.
      observations.flatMap((each) => (each.table === table ? [each.row as CollectedRecords[T]] : []));
    const tables = [
      'identities',
      'credentials',
      'groups',
      'memberships',
      'roles',
      'grants',
      'trusts',
    ] as const;
    return Object.fromEntries(tables.map((table) => [table, of(table)]));
  }

  async function former() {
    const records = await readIdentity(await openEstate(rows), APP);
    if (records === null) throw new Error(`${APP} was not read`);
    return formerAccess(records);
  }

  async function planned(playbook: string, deletes = false) {
    const plan = await planOn(rows, context, { uids: [APP], playbook, deletes });
    const dataDir = await tempDir();
    await ledgerFor(plan, dataDir, key);
    return { plan, dataDir };
  }

  it('finds every former right allowed before anything is done', async () => {
    expect(await allowed(api)).toEqual([true, true, true]);
    const check = await subjectAccessReview.ask(await former(), context);
    expect(check).toMatchObject({ asked: 4, denied: 0, unknown: [] });
    expect(check.allowed).toContain('create pods/exec in pay');
    expect(check.allowed).toContain('get /metrics');
  });

  it('takes it out of its bindings with exactly the rights that its actions name, and puts them back', async () => {
    const before = await bindings(api);
    const { plan, dataDir } = await planned('remove-grants');
    const results = await carryOut(plan, dataDir, key, context);
    expect(results.map(({ result }) => result)).toEqual(['done', 'done', 'done']);
    expect(await bindings(api)).toMatchObject([
      null,
      { subjects: [{ name: 'ada' }, { name: 'other' }] },
      null,
    ]);
    expect(await allowed(api)).toEqual([false, false, false]);
    const check = await subjectAccessReview.ask(await former(), context);
    expect(check).toEqual({ asked: 4, denied: 4, allowed: [], unknown: [] });
    const undone = await takeBack(plan, dataDir, key, context);
    expect(undone.map(({ result }) => result)).toEqual(['undone', 'undone', 'undone']);
    expect(await bindings(api)).toEqual(before);
    expect(await allowed(api)).toEqual([true, true, true]);
  });

  it('refuses to touch a binding that changed since the plan was made', async () => {
    const { plan, dataDir } = await planned('remove-grants');
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/pay/rolebindings/secrets';
    const binding = await api.must('GET', path);
    await api.must('DELETE', path);
    const roleRef = { ...binding.roleRef, kind: 'ClusterRole', name: 'view' };
    const { metadata, subjects } = binding;
    const list = path.replace('/secrets', '');
    await api.must('POST', list, { metadata: { name: metadata?.name }, roleRef, subjects });
    const results = await carryOut(plan, dataDir, key, context);
    expect(results.map(({ result }) => result)).toContain('changed');
    await api.must('DELETE', path);
    await api.must('POST', list, {
      metadata: { name: 'secrets' },
      roleRef: binding.roleRef,
      subjects,
    });
    await takeBack(plan, dataDir, key, context);
    expect(await allowed(api)).toEqual([true, true, true]);
  });

  it('shows that a ServiceAccount made again inherits a binding that was left dangling', async () => {
    await api.must('DELETE', ACCOUNT);
    expect(await allowed(api)).toEqual([true, true, true]);
    await api.must('POST', ACCOUNT.replace('/app', ''), { metadata: { name: 'app' } });
    const { status } = await api.must('POST', `${ACCOUNT}/token`, { spec: {} });
    const again = openApi(server.url, server.ca, status?.token ?? '');
    expect((await again.call('GET', '/apis/apps/v1/deployments')).status).toBe(200);
    again.close();
  });

  it('deletes the ServiceAccount last, so that one made again inherits nothing', async () => {
    await api.call('POST', '/api/v1/namespaces/pay/secrets', {
      metadata: { name: 'app-token', annotations: { 'kubernetes.io/service-account.name': 'app' } },
      type: 'kubernetes.io/service-account-token',
    });
    const { plan, dataDir } = await planned('quarantine-then-delete', true);
    expect(plan.steps.at(-1)?.action).toBe('kubernetes/delete-service-account');
    const results = await carryOut(plan, dataDir, key, context);
    expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
    expect((await api.call('GET', ACCOUNT)).status).toBe(404);
    expect((await api.call('GET', '/api/v1/namespaces/pay/secrets/app-token')).status).toBe(404);
    await api.must('POST', ACCOUNT.replace('/app', ''), { metadata: { name: 'app' } });
    expect(await allowed(api)).toEqual([false, false, false]);
    const check = await subjectAccessReview.ask(await former(), context);
    expect(check).toMatchObject({ allowed: [], denied: check.asked });
  });
});
