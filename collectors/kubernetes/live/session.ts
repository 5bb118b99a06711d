import { delimiter, join } from 'node:path';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { createCaller } from '#collectors/shared/live/caller.ts';
import { createHttp, type Http } from '#collectors/shared/live/http.ts';
import type { Tls } from '#collectors/shared/live/request.ts';
import type { LiveContext } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';

/** A cluster that can be asked. */
export interface Session {
  /** The name in uids. */
  readonly cluster: string;
  /** The namespace that the context stands in, for rights that end there; null: none is named. */
  readonly namespace: string | null;
  readonly http: Http;
}

const SELF_REVIEW = /^\/apis\/authorization\.k8s\.io\/v1\/selfsubjectaccessreviews$/u;

/** Opens a target with the credentials of its kubeconfig or pod. Throws `CollectError` where there are none. */
export async function openSession(target: KubernetesTarget, context: LiveContext): Promise<Session> {
  const config = configOf(target, context.environment);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new CollectError('no cluster: the kubeconfig has no such context', {
      hint: 'kubectl config get-contexts lists them',
    });
  }
  const first = await optionsOf(config);
  const http = createHttp({
    base: cluster.server,
    context,
    caller: createCaller(context, { concurrency: target.concurrency }),
    authorize: async () => authorization(await optionsOf(config)),
    readOnlyPosts: [SELF_REVIEW],
    tls: {
      ...tlsOf(first),
      ...(cluster.skipTLSVerify ? { rejectUnauthorized: false } : {}),
    },
  });
  return {
    // A colon would end the name within uids.
    cluster: (target.name ?? cluster.name).replaceAll(':', '-'),
    namespace: config.getContextObject(config.getCurrentContext())?.namespace ?? null,
    http,
  };
}

/** The files that kubectl would read: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/. */
export function kubeconfigFiles(environment: LiveContext['environment']): readonly string[] {
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  return named.length > 0 || home === undefined ? named : [join(home, '.kube', 'config')];
}

function configOf(target: KubernetesTarget, environment: LiveContext['environment']): KubeConfig {
  const config = new KubeConfig();
  try {
    if (target.inCluster) config.loadFromCluster();
    else {
      const [first, ...more] =
        target.kubeconfig === null ? kubeconfigFiles(environment) : [target.kubeconfig];
      if (first === undefined) throw new Error('no kubeconfig');
      config.loadFromFile(first);
      for (const path of more) {
        const next = new KubeConfig();
        next.loadFromFile(path);
        config.mergeConfig(next, true);
      }
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CollectError(`the kubeconfig cannot be read: ${why}`, { cause: error });
  }
  if (target.context !== null) config.setCurrentContext(target.context);
  return config;
}

async function optionsOf(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CollectError(`no credentials for the cluster: ${why}`, { cause: error });
  }
  return options;
}

function authorization({ headers, auth }: RequestOptions): Record<string, string> {
  if (typeof auth === 'string') return { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
  const entries = Object.entries(headers ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])),
  );
}

/** What shows who asks, and how the server is trusted. The names are those of node:tls. */
function tlsOf(options: RequestOptions): Tls {
  const names = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'servername'] as const;
  // Only what is set is kept, under names that both types share.
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}
