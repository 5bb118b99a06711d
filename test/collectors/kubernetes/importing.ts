import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { kubernetesCollector } from '#collectors/kubernetes/index.ts';
import type { ImportFile } from '#contract/collector.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import { findFiles } from '#scan/find-files.ts';
import { tempDir } from '#test/temp-dir.ts';

/** The rows of an import, table by table; tables without rows are empty. */
export type Rows = { readonly [T in keyof CollectedRecords]: readonly CollectedRecords[T][] };

export const AS_OF = '2026-11-24T00:00:00.000Z';

/** Imports files and folders as `nhi scan --import` does; throws where a file is not recognised. */
export async function importPaths(...paths: readonly string[]): Promise<Rows> {
  const { files, nameOf } = await findFiles(paths);
  return importFiles(files, nameOf);
}

/** Imports texts as files of a folder called `prod`. Values that are no texts are printed as kubectl prints JSON. */
export async function importTexts(texts: Readonly<Record<string, unknown>>): Promise<Rows> {
  const folder = join(await tempDir(), 'prod');
  for (const [name, content] of Object.entries(texts)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytesOf(content));
  }
  return importPaths(folder);
}

/** A `List` as `kubectl get -o json` prints it. */
export function listOf(...items: readonly unknown[]): unknown {
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}

/** The one row that a test is about; throws where there are none or several. */
export function only<T>(rows: readonly T[]): T {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) throw new Error(`${rows.length} rows instead of one`);
  return row;
}

/** Coverage of one feed: status by call. */
export function statuses({ coverage }: Rows, feed: string): Record<string, string> {
  return Object.fromEntries(coverage.filter((row) => row.feed === feed).map((row) => [row.call, row.status]));
}

/** What is said of imported files, each thing once whatever the number of feeds that it touches. */
export function complaints({ coverage }: Rows): string[] {
  return [...new Set(coverage.flatMap(({ call, detail }) => (call === 'import file' ? (detail ?? []) : [])))];
}

/** The feeds in which imported files leave a gap, sorted. */
export function gaps({ coverage }: Rows): string[] {
  const rows = coverage.filter(({ call, status }) => call === 'import file' && status === 'partial');
  return [...new Set(rows.flatMap(({ feed }) => feed ?? []))].toSorted();
}

async function importFiles(
  files: readonly ImportFile[],
  nameOf: (file: ImportFile) => string,
): Promise<Rows> {
  const recognised = files.map((file) => {
    const kind = kubernetesCollector.recognise(file);
    if (kind === null) throw new Error(`${file.label} is not recognised`);
    return { ...file, kind };
  });
  const context = { asOf: AS_OF, nameOf, signal: new AbortController().signal };
  const observations: Observation[] = [];
  for await (const batch of kubernetesCollector.importFiles(recognised, context)) observations.push(...batch);
  const rowsOf = <T extends keyof CollectedRecords>(table: T): CollectedRecords[T][] =>
    // A row's type goes with its table's name.
    observations.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[T]] : []));
  return {
    scopes: rowsOf('scopes'),
    identities: rowsOf('identities'),
    groups: rowsOf('groups'),
    memberships: rowsOf('memberships'),
    credentials: rowsOf('credentials'),
    roles: rowsOf('roles'),
    grants: rowsOf('grants'),
    guardrails: rowsOf('guardrails'),
    resourcePolicies: rowsOf('resourcePolicies'),
    trusts: rowsOf('trusts'),
    usages: rowsOf('usages'),
    owners: rowsOf('owners'),
    workloads: rowsOf('workloads'),
    loggedWrites: rowsOf('loggedWrites'),
    coverage: rowsOf('coverage'),
  };
}

function bytesOf(content: unknown): string | Buffer {
  if (typeof content === 'string' || Buffer.isBuffer(content)) return content;
  return JSON.stringify(content, undefined, 4);
}
