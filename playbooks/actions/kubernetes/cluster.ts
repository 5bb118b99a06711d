import { ActionError, type ActingContext, type Receipt } from '#contract/action.ts';
import { acting } from '../shared/action-error.ts';
import { createWriteHttp, type WriteHttp, type WriteReply } from '../shared/write-http.ts';
import { configOf, credentialsOf } from './kube-config.ts';

/** Runs `work` with the API server of the cluster of this name, and of no other. Throws ActionError. */
export async function inCluster<T>(
  name: string,
  permission: string,
  context: ActingContext,
  work: (http: WriteHttp) => Promise<T>,
): Promise<T> {
  const { target } = context;
  if (target.system !== 'kubernetes') throw new ActionError('refused', `${target.system} is not Kubernetes`);
  const config = await configOf(target, context.environment);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new ActionError('unauthenticated', 'the kubeconfig has no such context');
  // A colon would end the name within uids.
  const named = (target.name ?? cluster.name).replaceAll(':', '-');
  if (named !== name) throw new ActionError('refused', `the credentials are of ${named}, not of ${name}`);
  const { tls } = await credentialsOf(config);
  const http = createWriteHttp({
    base: cluster.server,
    context,
    concurrency: target.concurrency,
    authorize: async () => (await credentialsOf(config)).headers,
    tls: { ...tls, ...(cluster.skipTLSVerify ? { rejectUnauthorized: false } : {}) },
  });
  return acting(
    () => work(http),
    () => permission,
  );
}

/**
 * The audit id of a change, by which the API server's audit log knows it:
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/.
 */
export function receiptOf({ headers }: WriteReply): Receipt {
  return { requestId: headers['audit-id'] ?? null };
}
