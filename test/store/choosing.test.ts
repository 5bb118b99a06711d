import { describe, expect, it } from 'vitest';
import { StoreError } from '#model/errors.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { pruneSnapshots } from '#store/write/prune-snapshots.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

const DAYS = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];

async function fourDays(): Promise<{ dataDir: string; ids: string[] }> {
  const dataDir = await dataFolder();
  const ids: string[] = [];
  for (const day of DAYS) ids.push(await publish(dataDir, {}, `${day}T10:00:00.000Z`));
  return { dataDir, ids };
}

describe('openSnapshot', () => {
  it('opens the newest snapshot, or the one that an id, its beginning, a date or a time says', async () => {
    const { dataDir, ids } = await fourDays();
    const opened = (which?: string) => reading(dataDir, async ({ info }) => ids.indexOf(info.id), which);
    expect(await opened()).toBe(3);
    expect(await opened('latest')).toBe(3);
    expect(await opened(ids[1])).toBe(1);
    expect(await opened(ids[2]?.slice(0, 9))).toBe(2);
    expect(await opened('2026-01-02')).toBe(1);
    expect(await opened('2026-01-02T09:59:59Z')).toBe(0);
    expect(await opened('2026-01-02T10:00:00Z')).toBe(1);
    expect(await opened('2026-01-02T12:00:00+02:00')).toBe(1);
    expect(await opened('2026-01-02T10:00')).toBe(1);
    expect(await opened('2026-01-02T09:59')).toBe(0);
    expect(await opened('2030-01-01')).toBe(3);
  });

  it('goes by the time of the data, not of the scan, where a date is asked for', async () => {
    const { dataDir } = await fourDays();
    const old = await publish(dataDir, {}, '2026-01-05T10:00:00.000Z', '2025-12-01T00:00:00.000Z');
    expect(await reading(dataDir, async ({ info }) => info.id, '2025-12-24')).toBe(old);
  });

  it.each([
    ['2025-12-31', 'no snapshot in', 'is from 2025-12-31 or before'],
    ['2026-13-31', '2026-13-31 is not a date or time', ''],
    ['202601', '202601 can mean 4 snapshots', ''],
    ['nonsense', 'there is no snapshot nonsense in', ''],
    ['', 'there is no snapshot', ''],
    ['../../etc/passwd', 'there is no snapshot ../../etc/passwd', ''],
  ])('refuses %j with a reason and a hint', async (which, start, end) => {
    const { dataDir } = await fourDays();
    const error = await openSnapshot(dataDir, which).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain(start);
    expect(String(error)).toContain(end);
    expect(error).toMatchObject({ hint: expect.stringMatching(/nhi snapshots|Write it as/u) });
  });

  it('says how to take a snapshot where there is none, or no folder', async () => {
    const error = await openSnapshot(await dataFolder()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining('no snapshot'),
      hint: 'Take one with: nhi scan',
    });
  });
});

describe('pruneSnapshots', () => {
  const left = async (dataDir: string) => (await listSnapshots(dataDir)).map(({ id }) => id);

  it('keeps so many of the newest and tells what it removed, newest first', async () => {
    const { dataDir, ids } = await fourDays();
    expect(await pruneSnapshots(dataDir, { keep: 2 })).toEqual([ids[1], ids[0]]);
    expect(await left(dataDir)).toEqual([ids[3], ids[2]]);
  });

  it('keeps what is not older than a time, however many that are', async () => {
    const { dataDir, ids } = await fourDays();
    expect(await pruneSnapshots(dataDir, { keep: 1, olderThan: '2026-01-02T10:00:00.000Z' })).toEqual([
      ids[0],
    ]);
  });

  it('never removes the newest one', async () => {
    const { dataDir, ids } = await fourDays();
    expect(await pruneSnapshots(dataDir, { keep: 0, olderThan: '2030-01-01T00:00:00.000Z' })).toEqual(
      ids.slice(0, 3).toReversed(),
    );
    expect(await left(dataDir)).toEqual([ids[3]]);
  });

  it('only tells in a dry run', async () => {
    const { dataDir, ids } = await fourDays();
    expect(await pruneSnapshots(dataDir, { keep: 3, dryRun: true })).toEqual([ids[0]]);
    expect(await left(dataDir)).toHaveLength(4);
  });

  it.each([-1, 1.5, Number.NaN])('refuses to keep %d', async (keep) => {
    const { dataDir } = await fourDays();
    await expect(pruneSnapshots(dataDir, { keep })).rejects.toThrow(StoreError);
    expect(await left(dataDir)).toHaveLength(4);
  });

  it('does nothing where there is no folder', async () => {
    expect(await pruneSnapshots(await dataFolder(), { keep: 1 })).toEqual([]);
  });
});
