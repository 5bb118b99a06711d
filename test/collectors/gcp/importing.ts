import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gcpCollector } from '#collectors/gcp/index.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { findFiles } from '#scan/find-files.ts';
import { tempDir } from '#test/temp-dir.ts';

/** The rows of one table. */
export type RowsOf = <T extends keyof CollectedRecords>(table: T) => readonly CollectedRecords[T][];

export const AS_OF = '2026-11-20T00:00:00.000Z';

/** Writes values (as gcloud prints them), texts or bytes as files of one folder. */
export async function writtenExports(contents: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = join(await tempDir(), 'google');
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const text =
      typeof content === 'string' || Buffer.isBuffer(content)
        ? content
        : JSON.stringify(content, undefined, 2);
    await writeFile(path, text);
  }
  return folder;
}

/** Imports a folder as `nhi scan --import` does; throws where a file is not recognised. */
export async function importFolder(folder: string): Promise<RowsOf> {
  const { files, nameOf } = await findFiles([folder]);
  const recognised = files.map((file) => {
    const kind = gcpCollector.recognise(file);
    if (kind === null) throw new Error(`${file.label} is not recognised`);
    return { ...file, kind };
  });
  const context = { asOf: AS_OF, nameOf, signal: new AbortController().signal };
  const rows: Observation[] = [];
  for await (const batch of gcpCollector.importFiles(recognised, context)) rows.push(...batch);
  return rowsOf(rows);
}

/** Imports files with these contents. */
export async function imported(contents: Readonly<Record<string, unknown>>): Promise<RowsOf> {
  return importFolder(await writtenExports(contents));
}

/** Rows by their table. */
export function rowsOf(rows: readonly Observation[]): RowsOf {
  return (table) =>
    // A row's type goes with its table's name.
    rows.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[typeof table]] : []));
}

/** The one row that a test is about; throws where there are none or several. */
export function only<T>(rows: readonly T[]): T {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) throw new Error(`${rows.length} rows instead of one`);
  return row;
}

/** The coverage of one scope and feed, call by call. */
export function statuses(rows: RowsOf, feed: Feed, scopeUid: string): Record<string, string> {
  const own = rows('coverage').filter((row) => row.feed === feed && row.scopeUid === scopeUid);
  return Object.fromEntries(own.map(({ call, status }) => [call, status]));
}

/** The details of what could not be read. */
export function complaints(rows: RowsOf): readonly (string | null)[] {
  return rows('coverage').flatMap(({ call, detail }) => (call === 'import file' ? [detail] : []));
}
