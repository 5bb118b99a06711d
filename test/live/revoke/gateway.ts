import { createServer, type IncomingMessage } from 'node:http';

/** Stands before moto and answers what moto does not know: lists of service-specific credentials, which are empty. */
export interface Gateway {
  readonly endpoint: string;
  readonly close: () => void;
}

const UNKNOWN = 'ListServiceSpecificCredentials';

/** Starts one on a free port of the loopback. */
export async function startGateway(moto: string): Promise<Gateway> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await textOf(request);
      if (body.includes(`Action=${UNKNOWN}&`)) {
        const result = `<${UNKNOWN}Result><ServiceSpecificCredentials/></${UNKNOWN}Result>`;
        response.writeHead(200, { 'content-type': 'text/xml' });
        response.end(`<${UNKNOWN}Response>${result}</${UNKNOWN}Response>`);
        return;
      }
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const headers = { authorization, 'content-type': type };
      const { method = 'GET', url = '/' } = request;
      const reply = await fetch(`${moto}${url}`, { method, headers, ...(body === '' ? {} : { body }) });
      const kept = ['content-type', 'x-amzn-requestid'].map((name) => [name, reply.headers.get(name) ?? '']);
      response.writeHead(reply.status, Object.fromEntries(kept));
      response.end(await reply.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
