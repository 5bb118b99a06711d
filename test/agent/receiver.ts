import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What somebody posted. */
export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on the loopback. */
export interface Receiver {
  readonly url: string;
  readonly posted: Posted[];
}

/** What a receiver answers to the nth post. */
export type Answer = (n: number) => { readonly status: number; readonly headers?: Record<string, string> };

/** Listens until the test is over, and takes everything unless `answer` says otherwise. */
export async function receiver(answer: Answer = () => ({ status: 204 })): Promise<Receiver> {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const { status, headers = {} } = answer(posted.length);
      response.writeHead(status, headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // the address of a server on a port has one
  return { url: `http://127.0.0.1:${port}/hook`, posted };
}

/** An address on the loopback where nobody listens. */
export async function unreachable(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // the address of a server on a port has one
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/hook`;
}
