import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '#model/errors.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openPrevious, openSnapshot } from '#store/read/open-snapshot.ts';
import { isSnapshotId } from '#store/snapshot-id.ts';
import { identity } from './records.ts';
import { AS_OF, collected, dataFolder, publish, reading, stage } from './snapshots.ts';

describe('the life of a snapshot', () => {
  it('is seen by nobody before it is published, and by everybody after', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    await staged.write('identities', [identity('a')]);
    await staged.settle();
    expect(await listSnapshots(dataDir)).toEqual([]);
    expect(await openPrevious(dataDir)).toBeNull();
    await staged.publish(AS_OF);
    const [listed] = await listSnapshots(dataDir);
    expect(listed).toMatchObject({ id: staged.id, asOf: AS_OF, identities: 1, findings: 0, problem: null });
  });

  it('leaves one file when published, and none when discarded', async () => {
    const dataDir = await dataFolder();
    const published = await publish(dataDir, { identities: [identity('a')] });
    const discarded = await stage(dataDir);
    await discarded.write('identities', [identity('a')]);
    await discarded.settle();
    await discarded.discard();
    await discarded.discard();
    expect(await readdir(join(dataDir, 'snapshots'))).toEqual([`${published}.duckdb`]);
    expect(await readdir(join(dataDir, 'staging'))).toEqual([]);
  });

  it('stays published when it is discarded too late', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    await staged.publish(AS_OF);
    await staged.discard();
    expect(await reading(dataDir, async ({ info }) => info.id)).toBe(staged.id);
  });

  it('gets an id that sorts by the time of its start', async () => {
    const dataDir = await dataFolder();
    const late = await publish(dataDir, {}, '2026-03-01T12:00:00.999Z');
    const early = await publish(dataDir, {}, '2026-03-01T11:59:59.000Z');
    expect(late).toMatch(/^20260301T120000Z-[0-9a-f]{6}$/u);
    expect([late, early].toSorted()).toEqual([early, late]);
    expect([late, early].every(isSnapshotId)).toBe(true);
  });

  it('is closed to other users: folders 0700, files 0600', async () => {
    const dataDir = await dataFolder();
    const id = await publish(dataDir, { identities: [identity('a')] });
    const staged = await stage(dataDir);
    const modes = async (path: string) => ((await stat(join(dataDir, path))).mode & 0o777).toString(8);
    expect([await modes('.'), await modes('snapshots'), await modes('staging')]).toEqual([
      '700',
      '700',
      '700',
    ]);
    expect(await modes(`snapshots/${id}.duckdb`)).toBe('600');
    const [file = ''] = (await readdir(join(dataDir, 'staging'))).filter((name) => name.endsWith('.duckdb'));
    expect(await modes(`staging/${file}`)).toBe('600');
    await staged.discard();
  });

  it('is read by several at once while another one is written', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir, { identities: Array.from({ length: 3000 }, (_, index) => identity(`i${index}`)) });
    const readers = await Promise.all([openSnapshot(dataDir), openSnapshot(dataDir), openPrevious(dataDir)]);
    const staged = await stage(dataDir, '2026-03-02T00:00:00.000Z');
    const counts = await Promise.all([
      ...readers.map(async (reader) =>
        reader === null ? 0 : (await collected(reader.rows('identities'))).length,
      ),
      staged.write(
        'identities',
        Array.from({ length: 9000 }, (_, index) => identity(`n${index}`)),
      ),
    ]);
    expect(counts).toEqual([3000, 3000, 3000, undefined]);
    await staged.publish('2026-03-02T00:00:01.000Z');
    expect(await readers[0].all('SELECT count(*) AS n FROM identities')).toEqual([{ n: 3000 }]);
    for (const reader of readers) await reader?.close();
    expect(await reading(dataDir, ({ all }) => all('SELECT count(*) AS n FROM identities'))).toEqual([
      { n: 9000 },
    ]);
  });

  it('lets two scans write in one folder at once', async () => {
    const dataDir = await dataFolder();
    const [one, two] = await Promise.all([stage(dataDir), stage(dataDir)]);
    await Promise.all([
      one.write('identities', [identity('one')]),
      two.write('identities', [identity('two')]),
    ]);
    await Promise.all([one.publish(AS_OF), two.publish(AS_OF)]);
    const uid = (id: string) =>
      reading(
        dataDir,
        async (snapshot) => (await collected(snapshot.rows('identities'))).map((row) => row.uid),
        id,
      );
    expect([await uid(one.id), await uid(two.id)]).toEqual([['one'], ['two']]);
  });

  it('cannot begin in a folder that is a file, and the error says so', async () => {
    const dataDir = await dataFolder();
    await writeFile(dataDir, 'a file');
    const error = await stage(dataDir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      message: expect.stringContaining(dataDir),
      hint: expect.stringContaining('--data'),
    });
  });

  it.skipIf(process.getuid?.() === 0)(
    'cannot begin in a folder that is not writable (not as root)',
    async () => {
      const dataDir = await dataFolder();
      await mkdir(dataDir);
      await chmod(dataDir, 0o500);
      await expect(stage(dataDir)).rejects.toThrow(StoreError);
    },
  );
});
