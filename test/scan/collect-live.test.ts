import { describe, expect, it } from 'vitest';
import type { Collector } from '#contract/collector.ts';
import { defineLiveReader } from '#contract/live.ts';
import { defaultTarget } from '#config/targets.ts';
import { CollectError } from '#model/errors.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Target } from '#model/target.ts';
import { scan, type ScanOptions } from '#scan/index.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { liveContext } from '../collectors/live-context.ts';
import { tempDir } from '../temp-dir.ts';

const scope = (name: string): Observation =>
  observe('scopes', {
    uid: `aws:${name}`,
    system: 'aws',
    kind: 'account',
    name,
    parentUid: null,
    environment: null,
    tags: {},
    raw: null,
  });

/** A collector whose live side gives what the test says for each target, by its name. */
function collectorOf(read: (name: string) => AsyncIterable<readonly Observation[]>): Collector {
  return {
    system: 'aws',
    title: 'A cloud',
    recognise: () => null,
    importFiles: async function* () {},
    live: async () =>
      defineLiveReader({
        read: (target: Target) => read(target.name ?? ''),
        probe: async function* () {},
        permissions: () => [],
        detect: async () => [],
      }),
  };
}

async function scanTargets(
  read: (name: string) => AsyncIterable<readonly Observation[]>,
  names: readonly string[],
  signal = new AbortController().signal,
) {
  const dataDir = await tempDir();
  const { clock, random, environment, asOf } = liveContext();
  const targets = names.map((name) => ({ ...defaultTarget('aws'), name }));
  const options: ScanOptions = {
    dataDir,
    collectors: [collectorOf(read)],
    rules: [],
    parameters: {},
    imports: [],
    live: { targets, clock, random, environment },
    asOf,
    clock: () => asOf,
    progress: () => undefined,
    signal,
    toolVersion: '0',
  };
  return { dataDir, scanned: scan(options) };
}

async function rowsOf(dataDir: string, sql: string) {
  const snapshot = await openSnapshot(dataDir);
  try {
    return await snapshot.all(sql);
  } finally {
    await snapshot.close();
  }
}

describe('reading targets live', () => {
  it('puts what every target gives into one snapshot', async () => {
    const { dataDir, scanned } = await scanTargets(
      async function* (name) {
        yield [scope(name)];
      },
      ['a', 'b'],
    );
    await scanned;
    expect(await rowsOf(dataDir, 'SELECT uid FROM scopes ORDER BY uid')).toEqual([
      { uid: 'aws:a' },
      { uid: 'aws:b' },
    ]);
  });

  it('keeps what a target gave before it failed, says so in coverage, and reads the next one', async () => {
    const { dataDir, scanned } = await scanTargets(
      async function* (name) {
        yield [scope(name)];
        if (name === 'a') throw new CollectError('no credentials', { hint: 'Log in.' });
      },
      ['a', 'b'],
    );
    await scanned;
    expect(await rowsOf(dataDir, 'SELECT count(*)::INT AS n FROM scopes')).toEqual([{ n: 2 }]);
    expect(await rowsOf(dataDir, `SELECT status, detail FROM coverage WHERE call = 'live'`)).toEqual([
      { status: 'failed', detail: 'a: no credentials (Log in.)' },
    ]);
  });

  it('says that a reader broke without losing the other targets', async () => {
    const { dataDir, scanned } = await scanTargets(
      async function* (name) {
        if (name === 'a') throw new TypeError('x is undefined');
        yield [scope(name)];
      },
      ['a', 'b'],
    );
    await scanned;
    expect(await rowsOf(dataDir, `SELECT detail FROM coverage WHERE call = 'live'`)).toEqual([
      { detail: 'a: the reader broke: TypeError: x is undefined' },
    ]);
  });

  it('leaves no snapshot behind when it is aborted', async () => {
    const abort = new AbortController();
    const { dataDir, scanned } = await scanTargets(
      async function* (name) {
        yield [scope(name)];
        abort.abort(new Error('interrupted'));
        yield [scope('never')];
      },
      ['a'],
      abort.signal,
    );
    await expect(scanned).rejects.toThrow('interrupted');
    expect(await listSnapshots(dataDir)).toEqual([]);
  });
});
