import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '#model/errors.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { dataFolder, publish, stage } from './snapshots.ts';

let dataDir = '';
let snapshot: Snapshot;

beforeEach(async () => {
  dataDir = await dataFolder();
  await publish(dataDir);
  snapshot = await openSnapshot(dataDir);
});

afterEach(() => snapshot.close());

async function value(expression: string): Promise<unknown> {
  const [row] = await snapshot.all<{ value: unknown }>(`SELECT ${expression} AS value`);
  return row?.value;
}

describe('a row', () => {
  it.each<[string, unknown]>([
    ['42', 42],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['18446744073709551615::UBIGINT', '18446744073709551615'],
    ['170141183460469231731687303715884105727::HUGEINT', '170141183460469231731687303715884105727'],
    ['count(*)', 1],
    ['sum(1)', 1],
    ['1.25::DECIMAL(10, 2)', 1.25],
    ['0.1::DOUBLE', 0.1],
    [`'infinity'::DOUBLE`, 'Infinity'],
    [`'nan'::DOUBLE`, 'NaN'],
    ['true', true],
    ['NULL', null],
    [`'é💥'`, 'é💥'],
    [`'a' || chr(0) || 'b'`, 'a\0b'],
    [`TIMESTAMP '2026-01-02 03:04:05.678901'`, '2026-01-02T03:04:05.678Z'],
    [`TIMESTAMPTZ '2026-01-02 03:04:05+02:00'`, '2026-01-02T01:04:05.000Z'],
    [`TIMESTAMPTZ '2026-07-02 03:04:05'`, '2026-07-02T03:04:05.000Z'],
    [`'infinity'::TIMESTAMP`, 'infinity'],
    [`'-infinity'::TIMESTAMP`, '-infinity'],
    [`DATE '2026-01-02'`, '2026-01-02'],
    [`TIME '03:04:05'`, '03:04:05'],
    [`INTERVAL 90 DAY`, '90 days'],
    [`'a'::ENUM('a', 'b')`, 'a'],
    [`'0190c2a4-0000-7000-8000-000000000000'::UUID`, '0190c2a4-0000-7000-8000-000000000000'],
    [`[1, NULL, 3]`, [1, null, 3]],
    [`[]`, []],
    [`[['a'], []]`, [['a'], []]],
    [`[1, 2]::INTEGER[2]`, [1, 2]],
    [
      `{'n': 1, 'at': TIMESTAMP '2026-01-02', 'list': [{'x': NULL}]}`,
      { n: 1, at: '2026-01-02T00:00:00.000Z', list: [{ x: null }] },
    ],
    [`MAP {'a': 1, 'b': 2}`, { a: 1, b: 2 }],
    [`'{"a": [1, {"b": null}]}'::JSON`, { a: [1, { b: null }] }],
    [`{'doc': '{"a": 1}'::JSON}`, { doc: { a: 1 } }],
    [`['{"a": 1}'::JSON]`, [{ a: 1 }]],
    [`'null'::JSON`, null],
    [`json_object('__proto__', 1)`, JSON.parse('{"__proto__": 1}')],
  ])('has %s as a plain value', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  it('has every column, also where two have the same name', async () => {
    expect(await snapshot.all('SELECT 1 AS a, 2 AS a')).toEqual([{ a: 1, 'a:1': 2 }]);
  });

  it('cannot have a column that would be its prototype', async () => {
    await expect(snapshot.all('SELECT 1 AS "__proto__"')).rejects.toThrow(StoreError);
  });

  it('does not depend on the time zone of the machine', async () => {
    expect(await value(`current_setting('TimeZone')`)).toBe('UTC');
    expect(await value(`(TIMESTAMP '2026-07-01 12:00')::TIMESTAMPTZ`)).toBe('2026-07-01T12:00:00.000Z');
  });
});

describe('a parameter', () => {
  it.each<[string, string | number | boolean | null | readonly string[], unknown]>([
    ['$x', 'text', 'text'],
    ['$x', `'; DROP TABLE x; --`, `'; DROP TABLE x; --`],
    ['$x', 'a\0b', 'a\0b'],
    ['$x', 5, 5],
    ['$x', 2 ** 40, 2 ** 40],
    ['$x', 0.5, 0.5],
    ['$x', true, true],
    ['$x', null, null],
    ['$x', ['a', 'b'], ['a', 'b']],
    ['$x', [], []],
    [`'b' IN $x`, ['a', 'b'], true],
    [`list_contains($x, 'c')`, ['a', 'b'], false],
    [`to_days($x)`, 90, '90 days'],
    [`TIMESTAMP '2026-03-01' - $x * INTERVAL 1 DAY`, 1, '2026-02-28T00:00:00.000Z'],
    [`TIMESTAMP '2026-03-01' < $x`, '2026-03-02T00:00:00.000Z', true],
  ])('stands for a value of its type: %s with %j', async (expression, x, expected) => {
    expect(await snapshot.all(`SELECT ${expression} AS value`, { x })).toEqual([{ value: expected }]);
  });

  it('called as_of is a time', async () => {
    const rows = await snapshot.all('SELECT $as_of - INTERVAL 90 DAY AS limit, $as_of AS now', {
      as_of: '2026-03-01T12:00:00.000Z',
    });
    expect(rows).toEqual([{ limit: '2025-12-01T12:00:00.000Z', now: '2026-03-01T12:00:00.000Z' }]);
    await expect(snapshot.all('SELECT $as_of', { as_of: 'soon' })).rejects.toThrow('not a time: "soon"');
  });

  it('that the statement does not name may be given, and one that it names must be', async () => {
    expect(await snapshot.all('SELECT 1 AS x', { unused: 'y' })).toEqual([{ x: 1 }]);
    await expect(snapshot.all('SELECT $missing', {})).rejects.toThrow('$missing, which was not given');
    await expect(snapshot.all('SELECT $toString', {})).rejects.toThrow('$toString, which was not given');
  });
});

describe('a statement', () => {
  it('that does not fit is refused with the words of DuckDB and the line', async () => {
    await expect(snapshot.all('SELECT uid,\n nonsense FROM identities')).rejects.toThrow(
      /nonsense[\s\S]*LINE 2/u,
    );
    await expect(snapshot.all('SELEKT 1')).rejects.toThrow(/^Parser Error/u);
  });

  it('gives its rows in batches and stops when nobody wants more', async () => {
    let rows = 0;
    for await (const batch of snapshot.stream('SELECT range AS n FROM range(1_000_000_000_000)')) {
      rows += batch.length;
      if (rows > 10_000) break;
    }
    expect(rows).toBeLessThan(100_000);
  });

  it('may run while another one is being read', async () => {
    const numbers: unknown[] = [];
    for await (const batch of snapshot.stream('SELECT range AS n FROM range(5000)')) {
      numbers.push(...batch);
      expect(await snapshot.all('SELECT 1 AS x')).toEqual([{ x: 1 }]);
    }
    expect(numbers).toHaveLength(5000);
  });

  it.each([
    ['running', 'SELECT count(*) FROM range(100_000_000) a, range(100_000_000) b'],
    ['giving rows', 'SELECT * FROM range(100_000_000_000) WHERE range % 1_000_000_007 = 5'],
  ])('is stopped by its signal while it is %s', async (_, sql) => {
    const reason = AbortSignal.timeout(100);
    const error = await snapshot.all(sql, {}, reason).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ message: expect.stringContaining('stopped'), cause: reason.reason });
    expect(await snapshot.all('SELECT 1 AS x')).toEqual([{ x: 1 }]);
  });

  it('does not begin where its signal was given before', async () => {
    await expect(snapshot.all('SELECT 1', {}, AbortSignal.abort())).rejects.toThrow('stopped');
  });

  it('that inserts leaves nothing where its signal stops it', async () => {
    const staged = await stage(dataDir);
    const select = `SELECT 'o', 'person', 's', 'declared', 'aws', 'x', a.range::VARCHAR FROM range(1_000_000) a, range(1_000_000) b`;
    const columns = ['owner', 'kind', 'source', 'state', 'system', 'scope_uid', 'identity_uid'];
    await expect(
      staged.insertSelect('owners', columns, select, {}, AbortSignal.timeout(100)),
    ).rejects.toThrow('stopped');
    expect(await staged.all('SELECT count(*) AS n FROM owners')).toEqual([{ n: 0 }]);
    await staged.write('owners', []);
    await staged.discard();
  });

  it('is refused once the snapshot is closed, which may be done twice', async () => {
    await snapshot.close();
    await snapshot.close();
    await expect(snapshot.all('SELECT 1')).rejects.toThrow('the snapshot is closed');
  });

  it('that runs when the snapshot is closed comes to its end', async () => {
    const batches = snapshot.stream('SELECT range AS n FROM range(50_000)')[Symbol.asyncIterator]();
    let rows = (await batches.next()).value?.length ?? 0;
    await snapshot.close();
    for (let next = await batches.next(); next.done !== true; next = await batches.next())
      rows += next.value.length;
    expect(rows).toBe(50_000);
  });
});
