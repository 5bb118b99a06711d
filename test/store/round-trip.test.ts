import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { TABLE_NAMES } from '#store/tables.ts';
import { arbitraryTables, asStored } from './arbitrary-rows.ts';
import { identity } from './records.ts';
import { AS_OF, collected, dataFolder, publish, reading, stage } from './snapshots.ts';

describe('a snapshot', () => {
  it('gives back rows of every table as they were written, whatever they hold', async () => {
    const dataDir = await dataFolder();
    await fc.assert(
      fc.asyncProperty(arbitraryTables, async (tables) => {
        const id = await publish(dataDir, tables);
        const found = await reading(dataDir, everything, id);
        expect(found).toEqual(asStored(tables));
      }),
      { numRuns: 20, seed: 20260301 },
    );
  });

  it('keeps JSON of several megabytes whole', async () => {
    const dataDir = await dataFolder();
    const raw = {
      statements: Array.from({ length: 50_000 }, (_, index) => ({ index, text: `é💥 ${'x'.repeat(80)}` })),
    };
    await publish(dataDir, { identities: [identity('a', { raw }), identity('b')] });
    const [first] = await reading(dataDir, (snapshot) => collected(snapshot.rows('identities')));
    expect(first?.raw).toEqual(raw);
  });

  it('keeps texts that repeat in a column, whatever they are', async () => {
    const dataDir = await dataFolder();
    const names = ['plain', 'with space', '', 'é💥', 'a\0b', 'a', '\uFEFFa', "'quoted'", 'A'];
    const rows = Array.from({ length: 5000 }, (_, index) =>
      identity(`i${index}`, {
        name: names[index % names.length] ?? '',
        kind: index % 2 === 0 ? 'iam-role' : 'iam-user',
        environment: index % 3 === 0 ? null : 'production',
      }),
    );
    await publish(dataDir, { identities: rows });
    const found = await reading(dataDir, (snapshot) => collected(snapshot.rows('identities')));
    expect(found).toEqual(rows.map((row) => ({ ...row, name: row.name.replace('\uFEFF', '\uFFFD') })));
  });

  it('keeps the order in which rows were written, over many chunks and commits', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    const uids = Array.from({ length: 10_000 }, (_, index) => `uid-${(index * 7919) % 10_000}`);
    for (const uid of uids) await staged.write('identities', [identity(uid)]);
    await staged.publish(AS_OF);
    const rows = await reading(dataDir, (snapshot) => collected(snapshot.rows('identities')));
    expect(rows.map((row) => row.uid)).toEqual(uids);
  });

  it('selects rows by a condition with parameters', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir, { identities: [identity('a'), identity('b', { enabled: null }), identity("c'")] });
    const found = await reading(dataDir, (snapshot) =>
      collected(
        snapshot.rows('identities', { where: 'uid = $uid OR enabled IS NULL', params: { uid: "c'" } }),
      ),
    );
    expect(found.map(({ uid }) => uid)).toEqual(['b', "c'"]);
  });

  it('says about itself what the scan said', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir, '2026-03-01T12:00:00.000Z', '2026-02-28T00:00:00.000Z');
    await staged.publish('2026-03-01T12:00:07.500Z');
    expect(await reading(dataDir, async ({ info }) => info)).toEqual({
      id: staged.id,
      asOf: '2026-02-28T00:00:00.000Z',
      startedAt: '2026-03-01T12:00:00.000Z',
      finishedAt: '2026-03-01T12:00:07.500Z',
      toolVersion: '1.2.3',
    });
  });
});

async function everything(snapshot: Snapshot): Promise<object> {
  const tables: Record<string, unknown> = {};
  for (const table of TABLE_NAMES) tables[table] = await collected<unknown>(snapshot.rows(table));
  return tables;
}
