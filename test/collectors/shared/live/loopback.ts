import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Loopback {
  readonly base: string;
  /** Requests so far: method, path with query, headers, body. */
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
}

export type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => void;

/** A server on loopback for one test. Answers come in order, the last one for ever after. */
export async function loopback(...answers: readonly Answer[]): Promise<Loopback> {
  const requests: Loopback['requests'][number][] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer?.(response, request, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address object.
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}`, requests };
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers with text as it is. */
export function text(body: string, status = 200): Answer {
  return (response) => {
    response.writeHead(status);
    response.end(body);
  };
}

/** Promises more than it sends, and hangs up. */
export const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"a":');
  setTimeout(() => response.destroy(), 5);
};
