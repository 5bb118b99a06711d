import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { kubeconfigOf } from '#test/collectors/kubernetes/kubeconfig.ts';

export type Handler = (url: URL, request: IncomingMessage, response: ServerResponse) => void;

/** A loopback server that stands for a cluster's API server. */
export interface Loopback {
  readonly target: KubernetesTarget;
  readonly close: () => void;
}

/** Starts a server that answers as `handle` says, and gives the target that reads it. */
export async function loopback(handle: Handler): Promise<Loopback> {
  const server: Server = createServer((request, response) => {
    handle(new URL(request.url ?? '/', 'http://localhost'), request, response);
  });
  const kubeconfig = await kubeconfigOf(server);
  const rest = { name: null, context: null, inCluster: false, namespaces: null, concurrency: 4 };
  return {
    target: { system: 'kubernetes', kubeconfig, ...rest },
    close: () => server.close().closeAllConnections(),
  };
}

/** A list as a server sends it, as JSON: its kind is said once, and not by the items. */
export function listed(
  kind: string,
  ...items: readonly { readonly name: string; readonly namespace?: string }[]
): string {
  const objects = items.map((metadata) => ({ metadata: { uid: `u-${metadata.name}`, ...metadata } }));
  return JSON.stringify({ kind: `${kind}List`, apiVersion: 'v1', metadata: {}, items: objects });
}

/** Sends JSON. */
export function send(response: ServerResponse, status: number, text: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

/** What the API server says besides an answer. */
export function statusText(code: number): string {
  return JSON.stringify({ kind: 'Status', message: `code ${code}`, code });
}
