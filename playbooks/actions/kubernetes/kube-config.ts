import type { RequestOptions } from 'node:https';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Tls } from '#collectors/shared/live/request.ts';
import { ActionError, type ActingContext } from '#contract/action.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';

/** The kubeconfig of a target, or what the pod has. Throws ActionError `unauthenticated`. */
export async function configOf(
  target: KubernetesTarget,
  environment: ActingContext['environment'],
): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    if (target.inCluster) config.loadFromCluster();
    else {
      const [first, ...more] = target.kubeconfig === null ? filesIn(environment) : [target.kubeconfig];
      if (first === undefined) throw new Error('there is none');
      config.loadFromFile(first);
      for (const path of more) {
        const next = new KubeConfig();
        next.loadFromFile(path);
        config.mergeConfig(next, true);
      }
    }
  } catch (error) {
    throw unauthenticated('the kubeconfig cannot be read', error);
  }
  if (target.context !== null) config.setCurrentContext(target.context);
  return config;
}

/** What shows the API server who acts. Throws ActionError `unauthenticated`. */
export async function credentialsOf(
  config: KubeConfig,
): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly tls: Tls }> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw unauthenticated('no credentials for the cluster', error);
  }
  const { ca, cert, key, pfx, passphrase, servername, headers, auth } = options;
  const given = Object.entries({ ca, cert, key, pfx, passphrase, servername });
  const basic =
    typeof auth === 'string' ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  const plain = Object.entries(headers ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
  );
  return {
    headers: { ...Object.fromEntries(plain), ...basic },
    tls: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  };
}

/** The files that kubectl would read: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/. */
function filesIn(environment: ActingContext['environment']): readonly string[] {
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const home = environment['HOME'];
  return named.length > 0 || home === undefined ? named : [join(home, '.kube', 'config')];
}

function unauthenticated(what: string, error: unknown): ActionError {
  const why = error instanceof Error ? error.message : String(error);
  return new ActionError('unauthenticated', `${what}: ${why.replaceAll(/\s+/gu, ' ')}`, null, error);
}
