import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { AgentConfig } from '#config/agent.ts';
import { ConfigError } from '#model/errors.ts';
import { problemOf } from '../events.ts';
import { metricsText, type Measured } from './metrics.ts';

/** What health is told of. */
export interface Watched extends Measured {
  readonly stopping: () => boolean;
}

/** A server of health and metrics. */
export interface HealthServer {
  /** Where it is really reached. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

const PATIENCE_MS = 5000;
const MOST_CONNECTIONS = 64;

/** Serves /healthz, /readyz and /metrics; null: the configuration wants none. Throws ConfigError where it cannot listen. */
export async function serveHealth(
  { listen, hosts }: Pick<AgentConfig, 'listen' | 'hosts'>,
  watched: Watched,
): Promise<HealthServer | null> {
  if (listen === 'none') return null;
  const at = listen.lastIndexOf(':');
  const host = listen.slice(0, at).replaceAll(/[[\]]/gu, '');
  const server = createServer(
    { headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS },
    (request, response) => answer(request, response, hosts, watched),
  );
  server.maxConnections = MOST_CONNECTIONS;
  try {
    server.listen(Number(listen.slice(at + 1)), host);
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError(`agent.listen: cannot listen on ${listen}: ${problemOf(error)}`, {
      hint: 'Choose another address, or none.',
      cause: error,
    });
  }
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(
  { method = '', url = '', headers }: IncomingMessage,
  response: ServerResponse,
  hosts: readonly string[],
  watched: Watched,
): void {
  const say = (status: number, text: string, type = 'text/plain; charset=utf-8') => {
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(method === 'HEAD' ? undefined : text);
  };
  if (!isExpected(headers.host, hosts)) return say(421, 'Not the host that was asked for.\n');
  if (method !== 'GET' && method !== 'HEAD') return say(405, 'Only GET.\n');
  const [path = ''] = url.split('?');
  switch (path) {
    case '/healthz':
      return say(200, 'alive\n');
    case '/readyz': {
      const reason = notReady(watched);
      return reason === null ? say(200, 'ready\n') : say(503, `${reason}\n`);
    }
    case '/metrics':
      return say(200, metricsText(watched), 'text/plain; version=0.0.4; charset=utf-8');
    default:
      return say(404, 'Try /healthz, /readyz or /metrics.\n');
  }
}

function notReady({ schedules, stopping }: Watched): string | null {
  if (stopping()) return 'stopping';
  return schedules.some(({ record }) => record().succeeded !== null) ? null : 'no scan has ended well yet';
}

/**
 * A page in a browser can make its own name point to this machine and then read answers as its own (DNS rebinding): only
 * names that are known here are served. Addresses cannot be made to point elsewhere.
 */
function isExpected(header: string | undefined, hosts: readonly string[]): boolean {
  const name = (header ?? '').replace(/:\d+$/u, '').replaceAll(/[[\]]/gu, '').toLowerCase();
  return name === 'localhost' || isIP(name) !== 0 || hosts.some((host) => host.toLowerCase() === name);
}
