import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubernetesLive } from '#collectors/kubernetes/live/index.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { apply, manifestsIn, manifestsOf } from './apply.ts';
import type { Api } from './api.ts';

export const MANIFESTS = join(process.cwd(), '../shared/data/kubernetes/manifests');

/** The settings that a user would write. */
export function targetOf(kubeconfig: string): KubernetesTarget {
  const rest = { name: 'real', context: null, inCluster: false, namespaces: null, concurrency: 8 };
  return { system: 'kubernetes', kubeconfig, ...rest };
}

/** Fills a cluster with manifests of Argo CD and Prometheus, where they are, and with objects of this test. */
export async function buildEstate(api: Api): Promise<void> {
  const own = join(process.cwd(), 'test', 'live', 'kubernetes', 'own-objects.yaml');
  await apply(api, manifestsIn(await readFile(own, 'utf8')));
  if (existsSync(MANIFESTS)) {
    await apply(api, ['argocd', 'monitoring'].map(namespaceNamed));
    await apply(api, await manifestsOf(MANIFESTS), 'argocd');
  }
  await settled(api);
}

/** Makes what `nhi permissions kubernetes` prints, and gives a token of that ServiceAccount. */
export async function auditorToken(api: Api): Promise<string> {
  const documents = kubernetesLive.permissions(targetOf(''));
  for (const { text } of documents) await apply(api, manifestsIn(text));
  return tokenFor(api, 'nhi-auditor', 'nhi-auditor');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/ */
export async function tokenFor(api: Api, namespace: string, name: string): Promise<string> {
  const { status } = await api.must('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
  });
  if (status?.token === undefined) throw new Error('the server gave no token');
  return status.token;
}

/** The token in a Secret, once the controller has put it there. */
export async function tokenIn(api: Api, namespace: string, name: string): Promise<string> {
  const { data } = await api.must('GET', `/api/v1/namespaces/${namespace}/secrets/${name}`);
  if (data?.['token'] === undefined) throw new Error(`the Secret ${name} has no token yet`);
  return Buffer.from(data['token'], 'base64').toString('utf8');
}

function namespaceNamed(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** Controllers fill in what follows from the objects: default ServiceAccounts, tokens, rules of aggregated roles. */
async function settled(api: Api): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      const namespaces = (await api.must('GET', '/api/v1/namespaces')).items ?? [];
      for (const { metadata } of namespaces) {
        await api.must('GET', `/api/v1/namespaces/${metadata?.name ?? ''}/serviceaccounts/default`);
      }
      await tokenIn(api, 'pay', 'api-token');
      const gathered = await api.must('GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles/gathered');
      if ((gathered.rules ?? []).length === 0) throw new Error('the role gathered has no rules yet');
      return;
    } catch (error) {
      if (tries >= 300) throw error;
      await sleep(100);
    }
  }
}
