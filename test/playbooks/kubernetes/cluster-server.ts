import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { defaultTarget } from '#config/targets.ts';
import type { ActingContext } from '#contract/action.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { liveContext } from '../../collectors/live-context.ts';
import { kubeconfigOf } from '#test/collectors/kubernetes/kubeconfig.ts';

type Stored = Record<string, unknown> & { metadata: Record<string, unknown> };

/** An API server that keeps objects by path, with uids and resource versions, and checks both. */
export interface ClusterServer {
  readonly objects: Map<string, Stored>;
  /** Method and path of every request. */
  readonly requests: string[];
  readonly put: (path: string, object: object) => void;
  readonly context: ActingContext;
}

/** Starts one on the loopback for this test, as the cluster `prod`. */
export async function clusterServer(): Promise<ClusterServer> {
  const objects = new Map<string, Stored>();
  const requests: string[] = [];
  let version = 0;
  const put: ClusterServer['put'] = (path, object) => {
    const { metadata = {}, ...rest } = object as Partial<Stored>;
    version++;
    const own = { uid: `u${version}`, ...objects.get(path)?.metadata, ...metadata };
    objects.set(path, { ...rest, metadata: { ...own, resourceVersion: String(version) } });
  };
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '';
      requests.push(`${request.method} ${path}`);
      const body = JSON.parse((await textOf(request)) || '{}') as Partial<Stored> & {
        preconditions?: Record<string, string>;
      };
      const now = objects.get(path);
      const expected = body.preconditions ?? body.metadata ?? {};
      const differs = ['uid', 'resourceVersion'].some(
        (key) => now !== undefined && key in expected && expected[key] !== now.metadata[key],
      );
      let status = 200;
      if (request.method === 'POST') put(`${path}/${String(body.metadata?.['name'])}`, body);
      else if (now === undefined) status = 404;
      else if (differs) status = 409;
      else if (request.method === 'DELETE') objects.delete(path);
      else if (request.method === 'PUT') put(path, body);
      else if (request.method === 'PATCH') put(path, { ...now, ...body });
      response.writeHead(status, { 'content-type': 'application/json', 'audit-id': `a${requests.length}` });
      response.end(JSON.stringify(status === 200 ? (objects.get(path) ?? {}) : { message: 'no' }));
    })();
  });
  const kubeconfig = await kubeconfigOf(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // The default of a system is a target of that system.
  const target = { ...(defaultTarget('kubernetes') as KubernetesTarget), kubeconfig };
  return { objects, requests, put, context: { ...liveContext(), target } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
