import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { EXPORTS } from '../exports.ts';
import { NUMBER, ORGANIZATION, PROJECT } from '../exported-objects.ts';
import { imported, type RowsOf, statuses } from '../importing.ts';
import { exported, organisation } from './estate.ts';
import { cloudServer, failure, readAll, targetAt, testContext } from './server.ts';

const HOME = `gcp:projects/${PROJECT}`;
const TOP = `gcp:${ORGANIZATION}`;
const WHOLE = { organization: ORGANIZATION.replace('organizations/', '') };

/** Rows without what the two ways of asking word otherwise. */
function comparable(rows: RowsOf, table: 'identities' | 'credentials' | 'grants' | 'trusts'): unknown[] {
  return rows(table)
    .map(({ raw: _raw, ...rest }) => JSON.stringify(rest))
    .toSorted();
}

describe('reading Google Cloud live', () => {
  it('gives the identities, credentials, grants and trusts that an import of the same estate gives', async () => {
    const cloud = await cloudServer(organisation);
    const [live, files] = [await readAll(targetAt(cloud, WHOLE)), await imported(EXPORTS)];
    for (const table of ['identities', 'credentials', 'grants', 'trusts'] as const) {
      expect(comparable(live, table).length).toBeGreaterThan(3);
      expect(comparable(live, table)).toEqual(comparable(files, table));
    }
    expect(live('guardrails')).toEqual(files('guardrails'));
    expect(live('usages')).toEqual(files('usages'));
  });

  it('leaves no gap where everything answers but for what Google tells nobody', async () => {
    const cloud = await cloudServer(organisation);
    const rows = await readAll(targetAt(cloud, WHOLE));
    const gaps = rows('coverage').filter(({ status }) => status !== 'complete');
    expect([...new Set(gaps.map(({ call, status }) => `${call} ${status}`))].toSorted()).toEqual([
      'cloudasset.assets.list partial',
      'domain-wide-delegation skipped',
      'owners skipped',
      'resource-policies skipped',
    ]);
  });

  it('reads named projects with what stands above them', async () => {
    const cloud = await cloudServer(organisation);
    const rows = await readAll(targetAt(cloud, { projects: [PROJECT] }));
    const scopes = rows('scopes').filter(({ kind }) => kind !== 'provider');
    expect(scopes.map(({ uid }) => uid)).toEqual(['gcp:folders/815', TOP, HOME]);
    expect(statuses(rows, 'grants', TOP)).toMatchObject({
      'cloudresourcemanager.organizations.getIamPolicy': 'complete',
    });
  });

  it('follows pages to the end and asks each once', async () => {
    const accounts = exported('service-accounts.json');
    const cloud = await cloudServer((asked) => {
      if (!asked.path.endsWith('/serviceAccounts')) return organisation(asked);
      const at = Number(asked.query.get('pageToken') ?? 0);
      const more = at + 1 < accounts.length ? { nextPageToken: String(at + 1) } : {};
      return { body: { accounts: accounts.slice(at, at + 1), ...more } };
    });
    const rows = await readAll(targetAt(cloud, WHOLE));
    expect(rows('identities').filter(({ kind }) => kind === 'service-account')).toHaveLength(3);
    const pages = cloud.asked.filter(({ path }) => path.endsWith('/serviceAccounts'));
    expect(
      pages.map(({ query }) => `${query.get('pageSize') ?? ''} ${query.get('pageToken') ?? ''}`),
    ).toEqual(['100 ', '100 1', '100 2']);
  });

  it('asks for policies of version 3, and says who asks and who pays', async () => {
    const cloud = await cloudServer(organisation);
    await readAll(targetAt(cloud, { ...WHOLE, quotaProject: 'billing' }));
    expect(new Set(cloud.asked.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer a-token']),
    );
    expect(new Set(cloud.asked.map(({ headers }) => headers['x-goog-user-project']))).toEqual(
      new Set(['billing']),
    );
    const policies = cloud.asked.filter(
      ({ path }) => path.includes('/serviceAccounts/') && path.endsWith(':getIamPolicy'),
    );
    expect(policies.map(({ query }) => query.get('options.requestedPolicyVersion'))).toEqual(['3', '3', '3']);
  });

  it('waits as long as it is told to when it is throttled, and by itself where it is not told', async () => {
    for (const [headers, atLeast] of [
      [{ 'retry-after': '7' }, 7000],
      [{}, 1],
    ] as const) {
      let refused = false;
      const cloud = await cloudServer((asked) => {
        if (!asked.path.endsWith('/serviceAccounts') || refused) return organisation(asked);
        refused = true;
        return { ...failure(429, 'RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED'), headers };
      });
      const context = testContext();
      const rows = await readAll(targetAt(cloud, WHOLE), context);
      expect(Math.max(...context.slept)).toBeGreaterThanOrEqual(atLeast);
      expect(statuses(rows, 'identities', HOME)).toEqual({ 'iam.serviceAccounts.list': 'complete' });
    }
  });

  it('reads again after a server error, a cut connection and half an answer', async () => {
    for (const broken of [
      failure(503, 'UNAVAILABLE'),
      { raw: (response: ServerResponse) => response.destroy() },
      {
        raw: (response: ServerResponse) => {
          response.writeHead(200, { 'content-length': '1000' });
          response.write('{"accounts": [', () => response.destroy());
        },
      },
    ]) {
      let times = 0;
      const cloud = await cloudServer((asked) => {
        if (!asked.path.endsWith('/serviceAccounts') || times++ > 1) return organisation(asked);
        return broken;
      });
      const rows = await readAll(targetAt(cloud, WHOLE));
      expect(statuses(rows, 'identities', HOME)).toEqual({ 'iam.serviceAccounts.list': 'complete' });
      expect(times).toBe(3);
    }
  });

  it('keeps the pages before one that fails, and says that there were more', async () => {
    const accounts = exported('service-accounts.json');
    const cloud = await cloudServer((asked) => {
      if (!asked.path.endsWith('/serviceAccounts')) return organisation(asked);
      return asked.query.has('pageToken')
        ? failure(403, 'PERMISSION_DENIED')
        : { body: { accounts: accounts.slice(0, 1), nextPageToken: 'more' } };
    });
    const rows = await readAll(targetAt(cloud, WHOLE));
    expect(rows('identities').filter(({ kind }) => kind === 'service-account')).toHaveLength(1);
    expect(statuses(rows, 'identities', HOME)).toEqual({ 'iam.serviceAccounts.list': 'denied' });
  });

  it('says that an API is switched off, and which', async () => {
    const cloud = await cloudServer((asked) =>
      asked.path.startsWith('/v2/projects/')
        ? failure(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED', { service: 'apikeys.googleapis.com' })
        : organisation(asked),
    );
    const rows = await readAll(targetAt(cloud, WHOLE));
    const gap = rows('coverage').find(({ call }) => call === 'apikeys.keys.list');
    expect(gap).toMatchObject({ status: 'skipped', missingPermission: null });
    expect(gap?.detail).toBe('the API is not enabled: apikeys.googleapis.com');
    expect(rows('credentials').map(({ kind }) => kind)).toEqual(['key-file', 'key-file', 'hmac-key']);
  });

  it('keeps what it read of a project where another one refuses', async () => {
    const shown = ['2', NUMBER].map((number) => {
      return { name: `projects/${number}`, projectId: number === '2' ? 'dark' : PROJECT, state: 'ACTIVE' };
    });
    const cloud = await cloudServer((asked) => {
      if (asked.path === '/v3/projects:search') return { body: { projects: shown } };
      return asked.path.includes('/projects/dark') ? failure(403, 'PERMISSION_DENIED') : organisation(asked);
    });
    const rows = await readAll(targetAt(cloud));
    expect(statuses(rows, 'identities', HOME)).toEqual({ 'iam.serviceAccounts.list': 'complete' });
    expect(statuses(rows, 'identities', 'gcp:projects/dark')).toEqual({
      'iam.serviceAccounts.list': 'denied',
    });
  });

  it('counts the calls of one kind that failed', async () => {
    const cloud = await cloudServer((asked) =>
      asked.path.endsWith('/keys') && asked.path.includes('deploy')
        ? failure(403, 'PERMISSION_DENIED')
        : organisation(asked),
    );
    const rows = await readAll(targetAt(cloud, WHOLE));
    const gap = rows('coverage').find(({ call }) => call === 'iam.serviceAccounts.keys.list');
    expect(gap).toMatchObject({ status: 'partial', missingPermission: 'iam.serviceAccountKeys.list' });
    expect(gap?.detail).toMatch(/^1 of 3 calls: refused/u);
  });

  it('says what of an answer is not understood', async () => {
    const cloud = await cloudServer((asked) => {
      if (asked.path.endsWith('/serviceAccounts')) return { body: { accounts: [{ nonsense: true }, 7] } };
      if (asked.path.endsWith('/hmacKeys')) return { body: { items: 'none' } };
      return asked.path.endsWith('/roles') ? { body: '<html>' } : organisation(asked);
    });
    const rows = await readAll(targetAt(cloud, WHOLE));
    const of = (call: string) => rows('coverage').find((row) => row.call === call && row.scopeUid === HOME);
    expect(of('iam.serviceAccounts.list')).toMatchObject({ status: 'partial' });
    expect(of('storage.hmacKeys.list')).toMatchObject({ status: 'failed' });
    expect(of('iam.roles.list')).toMatchObject({ status: 'failed' });
  });

  it('ends at once where nobody knows the credentials or nobody is there', async () => {
    const cloud = await cloudServer(() => failure(401, 'UNAUTHENTICATED'));
    await expect(readAll(targetAt(cloud, WHOLE))).rejects.toThrow(/gcp: UNAUTHENTICATED/u);
    await expect(readAll(targetAt({ endpoint: 'http://127.0.0.1:1' }, WHOLE))).rejects.toThrow(
      /127\.0\.0\.1:1/u,
    );
  });

  it('ends with the reason of the abort', async () => {
    const abort = new AbortController();
    const cloud = await cloudServer((asked) => {
      if (asked.path.endsWith('/serviceAccounts')) abort.abort(new Error('stopped by hand'));
      return organisation(asked);
    });
    await expect(readAll(targetAt(cloud, WHOLE), testContext(abort.signal))).rejects.toThrow(
      'stopped by hand',
    );
  });

  it('says so where no project is visible', async () => {
    const cloud = await cloudServer(() => undefined);
    const rows = await readAll(targetAt(cloud));
    expect(rows('coverage').map(({ detail }) => detail)).toContain(
      'gcp: no project or organisation can be read',
    );
  });
});
