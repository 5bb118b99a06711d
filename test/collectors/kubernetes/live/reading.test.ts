import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { LIST_CALLS } from '#collectors/kubernetes/live/calls.ts';
import { kubernetesLive } from '#collectors/kubernetes/live/index.ts';
import { KUBERNETES_RESOURCES } from '#catalogue/kubernetes/resources.ts';
import type { Observation } from '#model/record.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { liveContext } from '#test/collectors/live-context.ts';
import { kubeconfigOf } from '#test/collectors/kubernetes/kubeconfig.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const account = (name: string) => ({
  metadata: { name, namespace: 'pay', uid: `u-${name}`, creationTimestamp: '2026-01-01T00:00:00Z' },
});
const list = (kind: string, items: readonly unknown[], token = ''): Answer => ({
  status: 200,
  body: { kind, apiVersion: 'v1', metadata: { continue: token }, items },
});
const EMPTY = list('List', []);
const status = (code: number): Answer => ({
  status: code,
  body: { kind: 'Status', message: `code ${code}` },
});

async function cluster(
  answer: (url: URL, request: IncomingMessage) => Answer | undefined,
): Promise<{ target: KubernetesTarget; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.push(`${request.method ?? ''} ${url.pathname}${url.search} ${request.headers.accept ?? ''}`);
    const { status: code, body } = answer(url, request) ?? EMPTY;
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  servers.push(server);
  const kubeconfig = await kubeconfigOf(server);
  const rest = { name: null, context: null, inCluster: false, namespaces: null, concurrency: 4 };
  return { target: { system: 'kubernetes', kubeconfig, ...rest }, asked };
}

async function rowsOf(target: KubernetesTarget): Promise<Observation[]> {
  const rows: Observation[] = [];
  for await (const batch of kubernetesLive.read(target, liveContext())) rows.push(...batch);
  return rows;
}

const accountsIn = (rows: readonly Observation[]): string[] =>
  rows.flatMap(({ table, row }) =>
    table === 'identities' && row.kind === 'service-account' ? [row.name] : [],
  );

describe('reading a cluster live', () => {
  it('starts a list again when its paging token has expired', async () => {
    let hasExpired = false;
    const { target } = await cluster((url) => {
      if (url.pathname !== '/api/v1/serviceaccounts') return undefined;
      if (!url.searchParams.has('continue')) return list('ServiceAccountList', [account('one')], 'next');
      if (hasExpired) return list('ServiceAccountList', [account('two')]);
      hasExpired = true;
      return status(410);
    });
    expect(accountsIn(await rowsOf(target)).map((name) => name.replace(/^.*[:/]/u, ''))).toEqual([
      'one',
      'two',
    ]);
  });

  it.each(LIST_CALLS)('names the right that is missing when $resource are refused', async (call) => {
    const { target } = await cluster(({ pathname }) =>
      pathname.endsWith(`/${call.resource}`) ? status(403) : undefined,
    );
    const denied = (await rowsOf(target)).flatMap(({ table, row }) =>
      table === 'coverage' && row.status === 'denied' ? [row.missingPermission] : [],
    );
    expect([...new Set(denied)]).toEqual([
      `list ${call.group === '' ? call.resource : `${call.resource}.${call.group}`}`,
    ]);
  });

  it('falls back to the visible namespaces when a list of the whole cluster is refused', async () => {
    const { target } = await cluster(({ pathname }) => {
      if (pathname === '/api/v1/namespaces')
        return list('NamespaceList', [{ metadata: { name: 'pay', uid: 'n' } }]);
      if (pathname === '/api/v1/serviceaccounts') return status(403);
      return pathname === '/api/v1/namespaces/pay/serviceaccounts'
        ? list('ServiceAccountList', [account('one')])
        : undefined;
    });
    expect(accountsIn(await rowsOf(target))).toHaveLength(1);
  });

  it('asks for the metadata of token Secrets and never for their data', async () => {
    const { target, asked } = await cluster(() => undefined);
    await rowsOf(target);
    const secrets = asked.filter((line) => line.includes('secrets'));
    expect(secrets).toHaveLength(1);
    expect(secrets[0]).toContain('as=PartialObjectMetadataList');
    expect(secrets[0]).toContain('fieldSelector=type%3Dkubernetes.io%2Fservice-account-token');
  });

  it('ends at once when nobody knows the credentials', async () => {
    const { target } = await cluster(() => status(401));
    await expect(rowsOf(target)).rejects.toThrow('prod: code 401');
  });

  it('needs only rights whose resources the catalogue knows', async () => {
    const { target } = await cluster(() => undefined);
    const known = new Set(
      KUBERNETES_RESOURCES.flatMap(({ group, namespaced, cluster: outside }) =>
        [...namespaced, ...outside].map((name) => (group === '' ? name : `${name}.${group}`)),
      ),
    );
    const needed = kubernetesLive.permissions(target).flatMap(({ permissions }) => permissions);
    const resources = needed.map((name) => name.split(' ')[1] ?? '').filter((name) => !name.startsWith('/'));
    expect(resources.length).toBeGreaterThan(15);
    expect(resources.filter((name) => !known.has(name))).toEqual([]);
  });

  it('makes no call whose right its permissions leave out', async () => {
    const { target, asked } = await cluster(() => undefined);
    await rowsOf(target);
    const granted = new Set(kubernetesLive.permissions(target).flatMap(({ permissions }) => permissions));
    const needed = asked.map((line) =>
      rightOf(new URL(line.split(' ')[1] ?? '', 'http://localhost').pathname),
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(needed.filter((right) => !granted.has(right))).toEqual([]);
    expect([...granted].filter((right) => !needed.includes(right))).toEqual([]);
  });
});

/** The right that a GET needs, by the rules of the API server's own paths. */
function rightOf(path: string): string {
  if (!path.startsWith('/api')) return `get ${path}`;
  const [root, ...rest] = path.slice(1).split('/');
  const group = root === 'api' ? '' : `.${rest.shift() ?? ''}`;
  const [, first, , ...within] = rest;
  const [resource, name] = first === 'namespaces' && within.length > 0 ? within : rest.slice(1);
  return `${name === undefined ? 'list' : 'get'} ${resource ?? ''}${group}`;
}
