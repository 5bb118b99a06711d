import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { CallError, callFailure } from './call-error.ts';
import type { Headers } from './http-failure.ts';

/** How to trust the server and how to show who asks. */
export type Tls = SecureContextOptions & {
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
};

/** Sends one request and gives status, headers and text. */
export type Send = (
  url: URL,
  request: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    readonly headers: Headers;
    readonly body: string | null;
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }>;

/** A sender that keeps connections open, follows no redirect, and refuses replies of more than `maxBytes`. */
export function createSend(maxBytes: number, tls: Tls = {}): Send {
  const secure = new HttpsAgent({ keepAlive: true, ...tls });
  const plain = new HttpAgent({ keepAlive: true });
  return async (url, { method, headers, body, signal }) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const agent = url.protocol === 'https:' ? secure : plain;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      // Node frames no body of a DELETE by itself: without its length the server would take it for the next request.
      const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = { method, headers: { ...headers, ...length }, agent, signal };
      const request = open(url, sent, resolve);
      request.on('error', (error) => reject(unreachable(error, url)));
      request.end(body ?? undefined);
    });
    const text = await textOf(response, maxBytes, url);
    return { status: response.statusCode ?? 0, headers: plainHeaders(response), text };
  };
}

async function textOf(response: IncomingMessage, maxBytes: number, url: URL): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new CallError(callFailure('malformed', `a reply of more than ${maxBytes} bytes`));
      }
      chunks.push(chunk);
    }
  } catch (error) {
    response.destroy();
    throw error instanceof CallError ? error : unreachable(error, url);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function plainHeaders(response: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}

function unreachable(error: unknown, url: URL): CallError {
  const why = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  return new CallError(callFailure('unreachable', `${url.host}: ${why}`, { code }), error);
}
