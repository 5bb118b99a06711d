import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsCollector } from '#collectors/aws/index.ts';
import { splitJson } from '#collectors/shared/split-json.ts';
import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import { findFiles } from '#scan/find-files.ts';
import { writeAuthorizationDetails, type Style } from './authorization-details-file.ts';
import type { BenchLine } from './bench-line.ts';

/** As large as `JSON.parse` can still take: V8's strings end at 512 MiB. */
const BYTES = 500_000_000;
const SEED = 20_260_101;
const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'];

/** Splitting and parsing 500 MB of authorization details against parsing them whole, and the memory of importing them. */
export async function run(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  try {
    return [...(await measure(folder, 'cli')), ...(await measure(folder, 'api'))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(folder: string, style: Style): Promise<BenchLine[]> {
  const path = join(folder, `${style}.json`);
  await writeAuthorizationDetails(path, { bytes: BYTES, seed: SEED, style });
  const peak = await inChild(path);
  let [ours, theirs] = [Infinity, Infinity];
  // In turn, and the best of each, so that a busy machine counts for neither side.
  for (let round = 0; round < 3; round++) {
    const mine = await timed(() => byElement(path));
    const whole = await timed(() => asAWhole(path));
    if (mine.elements !== whole.elements)
      throw new Error(`${mine.elements} elements instead of ${whole.elements}.`);
    ours = Math.min(ours, mine.seconds);
    theirs = Math.min(theirs, whole.seconds);
  }
  await rm(path);
  const shape = `authorization details of the ${style === 'cli' ? 'CLI' : 'API'}`;
  return [
    {
      name: `${shape}: parsing against JSON.parse`,
      value: theirs / ours,
      limit: 2,
      better: 'higher',
      unit: '×',
    },
    { name: `${shape}: peak memory of the import`, value: peak, limit: 250, better: 'lower', unit: 'MB' },
  ];
}

async function timed(
  read: () => Promise<number> | number,
): Promise<{ readonly seconds: number; readonly elements: number }> {
  const start = performance.now();
  const elements = await read();
  return { seconds: (performance.now() - start) / 1000, elements };
}

async function byElement(path: string): Promise<number> {
  let elements = 0;
  const text = readUtf8(path, new AbortController().signal);
  for await (const parts of splitJson(text, { lists: LISTS, parse: true })) {
    for (const part of parts) if (part.kind === 'element') elements++;
  }
  return elements;
}

function asAWhole(path: string): number {
  const parsed: Readonly<Record<string, readonly unknown[]>> = JSON.parse(readFileSync(path, 'utf8'));
  return LISTS.reduce((sum, list) => sum + (parsed[list]?.length ?? 0), 0);
}

/** The peak memory, in MB, of a process that does nothing but import the file. */
async function inChild(path: string): Promise<number> {
  const { size } = await stat(path);
  if (size < BYTES) throw new Error(`${size} bytes instead of ${BYTES}.`);
  const child = fork(import.meta.filename, [path]);
  const messages: unknown[] = await once(child, 'message');
  return Number(messages[0]);
}

async function importAlone(path: string): Promise<number> {
  const { files, nameOf } = await findFiles([path]);
  const recognised = files.map((file) => ({ ...file, kind: awsCollector.recognise(file) ?? '' }));
  const context = { asOf: '2026-11-20T00:00:00.000Z', nameOf, signal: new AbortController().signal };
  let rows = 0;
  for await (const batch of awsCollector.importFiles(recognised, context)) rows += batch.length;
  if (rows < 100_000) throw new Error(`${rows} rows are too few.`);
  return process.resourceUsage().maxRSS / 1000;
}

const [, main, path] = process.argv;
// The child's side of `inChild`.
if (main === import.meta.filename && path !== undefined && process.send !== undefined) {
  process.send(await importAlone(path));
}
