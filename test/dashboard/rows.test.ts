import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseFilter } from '#dashboard/filter/parse-filter.ts';
import { heldSource } from '#dashboard/rows/held-source.ts';
import type { Ask, RowSource, Sort, SourceListener } from '#dashboard/rows/row-source.ts';
import { selectSource } from '#dashboard/rows/select-source.ts';
import type { Column, Row } from '#dashboard/screen.ts';
import { keepSelect } from '#dashboard/rows/keep-select.ts';
import { openToBrowse, type BrowsedSnapshot } from '#store/read/open-to-browse.ts';
import { collected, dataFolder, publish } from '../store/snapshots.ts';

const TOTAL = 100_000;
/** Every hundredth row has no level, so that missing values are sorted too. */
const SELECT = `SELECT 'row-' || lpad(range::VARCHAR, 6, '0') AS key, 'name ' || (range * 7919) % ${TOTAL} AS name,
  CASE WHEN range % 100 = 0 THEN NULL ELSE range % 10 END AS level FROM range(${TOTAL})`;

const COLUMNS: readonly Column[] = [
  { key: 'name', title: 'Name', min: 10, priority: 1 },
  { key: 'level', title: 'Level', min: 5, priority: 2 },
];

let snapshot: BrowsedSnapshot;
let everything: readonly Row[];

beforeAll(async () => {
  const folder = await dataFolder();
  await publish(folder);
  snapshot = await openToBrowse(folder);
  everything = await snapshot.all<Row>(SELECT);
  return () => snapshot.close();
});

interface Opened {
  readonly source: RowSource;
  /** Waits until the rows at these places are read, and gives their keys. */
  readonly keys: (from: number, to: number) => Promise<(string | undefined)[]>;
  readonly failures: unknown[];
}

type Open = (ask: Ask, listener: SourceListener) => RowSource;
const paged: Open = (ask, listener) => pagedOf(SELECT, ask, listener);
const held: Open = (ask, listener) => heldSource(() => Promise.resolve(everything), ask, listener);

function pagedOf(select: string, ask: Ask, listener: SourceListener): RowSource {
  const kept = keepSelect(snapshot.keep, select);
  onTestFinished(() => kept.drop());
  return selectSource(snapshot, kept, ask, listener);
}

function opened(open: Open, filter = '', sort: Sort = { column: 'name', descending: false }): Opened {
  const failures: unknown[] = [];
  let waiting = (): void => {};
  const ask = { columns: COLUMNS, filter: parseFilter(filter, COLUMNS), sort };
  const source = open(ask, { changed: () => waiting(), failed: (error) => failures.push(error) });
  onTestFinished(() => source.stop());
  async function until(done: () => boolean): Promise<void> {
    if (done()) return;
    await new Promise<void>((resolve) => {
      waiting = () => {
        if (done()) resolve();
      };
    });
  }
  return {
    source,
    failures,
    async keys(from, to) {
      source.want(from, to);
      await until(
        () => source.total() !== null && source.row(from) !== undefined && source.row(to - 1) !== undefined,
      );
      return Array.from({ length: to - from }, (_, index) => source.row(from + index)?.key);
    },
  };
}

describe('rows of a select', () => {
  it.each([
    ['', { column: 'name', descending: false }],
    ['', { column: 'level', descending: true }],
    ['level:3', { column: 'level', descending: false }],
    ['99 !level:9', { column: 'name', descending: true }],
  ] as const)(
    'filtered by /%s and sorted by %o are those of rows that are held, at every place',
    async (filter, sort) => {
      const [select, reference] = [opened(paged, filter, sort), opened(held, filter, sort)];
      await reference.keys(0, 1);
      const total = reference.source.total() ?? 0;
      expect(total).toBeGreaterThan(1000);
      for (const from of [0, 190, Math.floor(total / 2) - 20, total - 30]) {
        expect(await select.keys(from, from + 30)).toEqual(await reference.keys(from, from + 30));
      }
      expect(select.source.total()).toBe(total);
    },
  );

  it('are counted where the filter lets none through', async () => {
    const { source } = opened(paged, 'nothing-like-this');
    source.want(0, 20);
    while (source.total() === null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(source.total()).toBe(0);
    expect(source.row(0)).toBeUndefined();
  });

  it('are forgotten when many others were looked at, and read again', async () => {
    const { source, keys } = opened(paged);
    const first = await keys(0, 20);
    for (let page = 1; page < 12; page += 1) await keys(page * 2000, page * 2000 + 20);
    expect(source.row(0)).toBeUndefined();
    expect(await keys(0, 20)).toEqual(first);
  });

  it('are told by their place', async () => {
    const { source, keys } = opened(paged, '', { column: 'level', descending: true });
    const [key = ''] = await keys(54_321, 54_322);
    expect(await source.indexOf(key)).toBe(54_321);
    expect(await source.indexOf('no such row')).toBeNull();
  });

  it('come all in order for a file', async () => {
    const { source } = opened(paged, 'level:7', { column: 'name', descending: false });
    const rows = await collected(source.all());
    expect(rows).toHaveLength(10_000);
    const names = rows.map(({ name }) => String(name));
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('that cannot be read are told as a failure', async () => {
    const broken: Open = (ask, listener) => pagedOf('SELECT nothing FROM nowhere', ask, listener);
    const { source, failures } = opened(broken);
    source.want(0, 20);
    await expect.poll(() => failures.length).toBeGreaterThan(0);
    expect(String(failures[0])).toContain('nowhere');
  });

  it('tell nothing after they were stopped', async () => {
    const { source, failures } = opened(paged);
    source.want(0, 20);
    source.stop();
    await snapshot.all('SELECT 1');
    expect(failures).toEqual([]);
    expect(source.total()).toBeNull();
  });
});
