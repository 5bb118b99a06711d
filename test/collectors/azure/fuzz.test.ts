import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureLive } from '#collectors/azure/live/index.ts';
import { TOKEN_VARIABLES } from '#collectors/azure/live/session.ts';
import type { Observation } from '#model/record.ts';
import { liveContext } from '#test/collectors/live-context.ts';
import { mutated, numbers } from '#test/collectors/shared/hostile.ts';
import { imported, of } from './importing.ts';
import { azureServer, TENANT, TENANT_ROUTES, targetOf } from './live/server.ts';

const RECORDED = join(process.cwd(), '../shared/data/azure/recorded');
const TABLES = ['identities', 'credentials', 'grants', 'roles', 'trusts', 'usages'] as const;

async function live(base: string): Promise<readonly Observation[]> {
  const environment = { [TOKEN_VARIABLES.management]: 'token', [TOKEN_VARIABLES.graph]: 'token' };
  const found: Observation[] = [];
  for await (const batch of azureLive.read(targetOf(base), liveContext({ environment })))
    found.push(...batch);
  return found;
}

describe('files and answers of any content', () => {
  it('give rows or coverage, and never an error', async () => {
    const next = numbers(7);
    for (let round = 0; round < 60; round++) {
      const files = Object.entries(TENANT_ROUTES).map(([path, body]) => [
        `${path.replaceAll(/\W+/gu, '-')}.json`,
        mutated(body, next),
      ]);
      const found = await imported(Object.fromEntries(files));
      expect(of(found, 'coverage').length).toBeGreaterThan(0);
    }
  });

  it('give a reading that ends with coverage of the tenant', async () => {
    const next = numbers(11);
    for (let round = 0; round < 25; round++) {
      const routes = Object.entries(TENANT_ROUTES).map(([path, body]) => [path, mutated(body, next)]);
      const { base } = await azureServer(Object.fromEntries(routes));
      const found = await live(base);
      expect(of(found, 'coverage')).toContainEqual(expect.objectContaining({ scopeUid: `entra:${TENANT}` }));
    }
  });
});

describe('a live reading and an import of what the server answered', () => {
  it('give the same rows', async () => {
    const { base } = await azureServer(TENANT_ROUTES);
    const read = await live(base);
    const files = Object.entries(TENANT_ROUTES)
      .filter(([path]) => !path.endsWith('/permissions'))
      .map(([path, body]) => [`${path.replaceAll(/\W+/gu, '-')}.json`, body]);
    const exported = await imported(Object.fromEntries(files));
    const sorted = (found: readonly Observation[], table: (typeof TABLES)[number]) =>
      of(found, table)
        .map((row) => JSON.stringify(row))
        .toSorted((a, b) => a.localeCompare(b));
    for (const table of TABLES) expect(sorted(read, table)).toEqual(sorted(exported, table));
    expect(of(read, 'grants')).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(RECORDED))(
  'recorded replies of Resource Manager (where they are on this machine)',
  () => {
    it('give one grant for each assignment that was answered', async () => {
      for (const name of readdirSync(RECORDED)) {
        // The recorder's own envelope, whose shape is known.
        const { interactions } = JSON.parse(readFileSync(join(RECORDED, name), 'utf8')) as {
          interactions: { request: { uri: string }; response: { body: { data?: unknown } } }[];
        };
        const lists = interactions.filter(({ request }) => /\/roleAssignments\?/u.test(request.uri));
        const files = Object.fromEntries(
          lists.map(({ response }, index) => [`assignments-${index}.json`, response.body.data]),
        );
        const ids = new Set(
          [...JSON.stringify(files).matchAll(/"id":"([^"]*\/roleAssignments\/[^"]*)"/giu)].map((match) =>
            match[1]?.toLowerCase(),
          ),
        );
        expect(of(await imported(files), 'grants')).toHaveLength(ids.size);
        expect(ids.size).toBeGreaterThan(0);
      }
    });
  },
);
