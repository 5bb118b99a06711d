import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { defaultTarget } from '#config/targets.ts';
import type { ActingContext } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { liveContext } from '../../collectors/live-context.ts';

type Fields = Record<string, Json>;

interface Reply {
  readonly status: number;
  readonly body: Json;
}

/** A tenant of one's own, as Microsoft Graph and Azure Resource Manager show it. */
export interface AzureServer {
  /** Applications and service principals, by collection and id. */
  readonly objects: Map<string, Fields>;
  /** Lists of Graph, by path. */
  readonly lists: Map<string, Fields[]>;
  /** Resources of Azure by id in lower case. */
  readonly resources: Map<string, Fields>;
  readonly context: ActingContext;
  /** Method and path of every request. */
  readonly requests: string[];
  /** Answers instead of the server, where it answers at all. */
  intercept: (method: string, path: string) => Reply | null;
}

export const TENANT = '11111111-aaaa-4aaa-8aaa-111111111111';

/** Starts one on the loopback for this test. */
export async function azureServer(): Promise<AzureServer> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const method = request.method ?? '';
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
      const path = decodeURIComponent(url.pathname);
      azure.requests.push(`${method} ${path}`);
      const known = request.headers.authorization === `Bearer ${tokenFor(TENANT)}`;
      const reply =
        azure.intercept(method, path) ??
        (known ? answer(azure, method, url, body) : failure(401, 'InvalidAuthenticationToken'));
      const headers = { 'content-type': 'application/json', 'request-id': `r${azure.requests.length}` };
      response.writeHead(reply.status, headers);
      response.end(reply.status === 204 ? undefined : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const azure: AzureServer = {
    objects: new Map(),
    lists: new Map(),
    resources: new Map(),
    context: contextAt(`http://127.0.0.1:${port}`),
    requests: [],
    intercept: () => null,
  };
  return azure;
}

/** A context that acts at this endpoint, in the tests' tenant where no other is said. */
export function contextAt(endpoint: string, tenant: string | null = TENANT): ActingContext {
  const target = defaultTarget('azure');
  if (target.system !== 'azure') throw new Error('not a target of Azure');
  return {
    ...liveContext(),
    target: { ...target, tenant, graphEndpoint: endpoint, managementEndpoint: endpoint },
  };
}

/** A token of a tenant, as far as anybody looks into it. */
export function tokenFor(tenant: string): string {
  return `e30.${Buffer.from(JSON.stringify({ tid: tenant })).toString('base64url')}.x`;
}

/** A token that the server knows. */
export const goodToken = async (): Promise<string> => Promise.resolve(tokenFor(TENANT));

/** An error as Graph and Azure write it. */
export function failure(status: number, code: string): Reply {
  return { status, body: { error: { code, message: code } } };
}

const MISSING = failure(404, 'Request_ResourceNotFound');
const NO_CONTENT: Reply = { status: 204, body: null };

function answer(azure: AzureServer, method: string, url: URL, body: Json): Reply {
  const path = decodeURIComponent(url.pathname);
  return path.startsWith('/v1.0/')
    ? graph(azure, method, path.slice('/v1.0/'.length), url, fieldsOf(body))
    : management(azure, method, path.toLowerCase(), url, fieldsOf(body));
}

function graph({ objects, lists }: AzureServer, method: string, path: string, url: URL, body: Fields): Reply {
  const list = lists.get(path);
  if (list !== undefined && method === 'GET') return page(list, url);
  if (list !== undefined && method === 'POST') {
    list.push({ id: `made-${list.length}`, ...body });
    return { status: 201, body: list.at(-1) ?? null };
  }
  const above = lists.get(path.slice(0, path.lastIndexOf('/')));
  if (above !== undefined && method === 'DELETE') {
    const at = above.findIndex(({ id }) => id === path.slice(path.lastIndexOf('/') + 1));
    if (at < 0) return MISSING;
    above.splice(at, 1);
    return NO_CONTENT;
  }
  const object = objects.get(path.replace(/\/removePassword$/u, ''));
  if (object === undefined) return MISSING;
  if (path.endsWith('/removePassword')) {
    object['passwordCredentials'] = itemsOf(object['passwordCredentials']).filter(
      ({ keyId }) => keyId !== body['keyId'],
    );
    return NO_CONTENT;
  }
  if (method === 'PATCH') {
    Object.assign(object, body);
    return NO_CONTENT;
  }
  const asked = url.searchParams.get('$select')?.split(',') ?? Object.keys(object);
  return { status: 200, body: Object.fromEntries(asked.map((key) => [key, object[key] ?? null])) };
}

function management({ resources }: AzureServer, method: string, path: string, url: URL, body: Fields): Reply {
  if (url.searchParams.get('api-version') === null) return failure(400, 'MissingApiVersionParameter');
  if (path.endsWith('/roleassignments')) {
    const all = [...resources].flatMap(([id, each]) => (id.includes('/roleassignments/') ? [each] : []));
    return page(
      all.filter(({ properties }) => filterFits(fieldsOf(properties ?? null), url)),
      new URL(url.pathname, url),
    );
  }
  const found = resources.get(path);
  if (method === 'PUT') {
    const id = decodeURIComponent(url.pathname);
    const made = { id, properties: { createdOn: 'now', ...fieldsOf(body['properties'] ?? null) } };
    resources.set(path, made);
    return { status: 201, body: made };
  }
  if (found === undefined) return method === 'DELETE' ? NO_CONTENT : failure(404, 'RoleAssignmentNotFound');
  if (method === 'DELETE') resources.delete(path);
  return { status: 200, body: found };
}

/** One item a page: whoever reads the first page alone reads too little. */
function page(items: readonly Fields[], url: URL): Reply {
  const all = items.filter((item) => filterFits(item, url));
  const at = Number(url.searchParams.get('$skiptoken') ?? 0);
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(at + 1));
  const link = at + 1 < all.length ? { '@odata.nextLink': next.href } : {};
  return { status: 200, body: { value: all.slice(at, at + 1), ...link } };
}

function filterFits(item: Fields, url: URL): boolean {
  const filter = /^(\w+) eq '(.*)'$/u.exec(url.searchParams.get('$filter') ?? '');
  return filter === null || item[filter[1] ?? ''] === filter[2];
}

function itemsOf(value: Json | undefined): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function fieldsOf(value: Json): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : (JSON.parse(text) as Json);
}
