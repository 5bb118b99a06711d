import { existsSync } from 'node:fs';
import type { LiveContext } from '#contract/live.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { kubeconfigFiles } from './session.ts';

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** The current context of what kubectl would read; in a pod without any, the pod's own cluster. */
export function detect({
  environment,
}: Pick<LiveContext, 'environment' | 'signal'>): Promise<readonly KubernetesTarget[]> {
  const rest = {
    system: 'kubernetes',
    name: null,
    kubeconfig: null,
    context: null,
    namespaces: null,
    concurrency: 8,
  } as const;
  if (kubeconfigFiles(environment).some((path) => existsSync(path))) {
    return Promise.resolve([{ ...rest, inCluster: false }]);
  }
  const isPod = (environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && existsSync(POD_TOKEN);
  return Promise.resolve(isPod ? [{ ...rest, inCluster: true }] : []);
}
