import { afterEach, describe, expect, it } from 'vitest';
import { kubernetesLive } from '#collectors/kubernetes/live/index.ts';
import type { Observation } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import { liveContext, type TestContext } from '#test/collectors/live-context.ts';
import { listed, loopback, send, statusText, type Handler, type Loopback } from './cluster.ts';

const ACCOUNTS = '/api/v1/serviceaccounts';
const opened: Loopback[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

interface Read {
  readonly rows: readonly Observation[];
  readonly accounts: readonly string[];
  readonly coverage: readonly Coverage[];
}

async function read(handle: Handler, context: TestContext = liveContext()): Promise<Read> {
  const server = await loopback(handle);
  opened.push(server);
  const rows: Observation[] = [];
  for await (const batch of kubernetesLive.read(server.target, context)) rows.push(...batch);
  const accounts = rows.flatMap(({ table, row }) =>
    table === 'identities' && row.kind === 'service-account' ? [row.name] : [],
  );
  const coverage = rows.flatMap((each) => (each.table === 'coverage' ? [each.row] : []));
  return { rows, accounts, coverage };
}

/** Answers everything with an empty list but what `special` answers. */
function but(special: (path: string, response: Parameters<Handler>[2]) => boolean): Handler {
  return ({ pathname }, _request, response) => {
    if (!special(pathname, response)) send(response, 200, listed('Pod'));
  };
}

describe('a cluster in trouble', () => {
  it.each([
    ['as long as it asks', { 'retry-after': '7' }, 7000],
    ['a while, where it does not say how long', {}, 100],
  ])('that throttles is waited for %s', async (_how, headers, least) => {
    let asked = 0;
    const context = liveContext();
    const { accounts } = await read(
      but((path, response) => {
        if (path !== ACCOUNTS) return false;
        asked++;
        if (asked <= 2) send(response, 429, statusText(429), headers);
        else send(response, 200, listed('ServiceAccount', { name: 'one', namespace: 'pay' }));
        return true;
      }),
      context,
    );
    expect(accounts).toEqual(['one']);
    expect(context.slept.filter((wait) => wait >= least).length).toBeGreaterThanOrEqual(2);
  });

  it('that throttles without end leaves a gap and no crash', async () => {
    const { coverage } = await read(
      but((path, response) => {
        if (path !== ACCOUNTS) return false;
        send(response, 429, statusText(429));
        return true;
      }),
    );
    const failed = coverage.filter(({ status }) => status === 'failed');
    expect(failed.map(({ feed, detail }) => [feed, detail])).toEqual(
      ['identities', 'trusts', 'owners'].map((feed) => [feed, 'throttled for too long: code 429']),
    );
  });

  it('that cuts an answer off is asked again', async () => {
    let asked = 0;
    const { accounts } = await read(
      but((path, response) => {
        if (path !== ACCOUNTS) return false;
        asked++;
        if (asked > 1) send(response, 200, listed('ServiceAccount', { name: 'one', namespace: 'pay' }));
        else {
          response.writeHead(200, { 'content-length': '1000' }).write('{"kind":"Li');
          setTimeout(() => response.destroy(), 20);
        }
        return true;
      }),
    );
    expect([accounts, asked]).toEqual([['one'], 2]);
  });

  it('that is slow is read all the same', async () => {
    const { accounts } = await read(
      but((path, response) => {
        if (path !== ACCOUNTS) return false;
        const text = listed('ServiceAccount', { name: 'one', namespace: 'pay' });
        response.writeHead(200).write(text.slice(0, 20));
        setTimeout(() => response.end(text.slice(20)), 150);
        return true;
      }),
    );
    expect(accounts).toEqual(['one']);
  });

  it('is left at once on Ctrl-C, in the middle of an answer', async () => {
    const stop = new AbortController();
    const reading = read(
      but((path, response) => {
        if (path !== ACCOUNTS) return false;
        // It never ends.
        response.writeHead(200).write('{');
        setTimeout(() => stop.abort(new Error('Ctrl-C')), 20);
        return true;
      }),
      liveContext({ signal: stop.signal }),
    );
    await expect(reading).rejects.toThrow('Ctrl-C');
  });

  it('has calls waiting at once, as many as are allowed and no more', async () => {
    let waiting = 0;
    let most = 0;
    await read((_url, _request, response) => {
      waiting++;
      most = Math.max(most, waiting);
      setTimeout(() => {
        waiting--;
        send(response, 200, listed('Pod'));
      }, 20);
    });
    expect(most).toBe(4);
  });

  it('has no kind called complete of which a part was refused', async () => {
    const refused = '/api/v1/namespaces/web/secrets';
    const { coverage } = await read(
      but((path, response) => {
        if (path === '/api/v1/namespaces')
          send(response, 200, listed('Namespace', { name: 'pay' }, { name: 'web' }));
        else if (path === '/api/v1/secrets' || path === refused) send(response, 403, statusText(403));
        else return false;
        return true;
      }),
    );
    const secrets = coverage.filter(({ call }) => /secrets/u.test(call));
    expect(secrets.length).toBeGreaterThan(2);
    expect(secrets.filter(({ status }) => status === 'complete')).toEqual([]);
    expect(secrets.map(({ missingPermission }) => missingPermission)).toContain('list secrets');
  });
});
