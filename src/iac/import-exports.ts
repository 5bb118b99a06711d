import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Collector, RecognisedFile } from '#contract/collector.ts';
import type { Observation } from '#model/record.ts';
import type { Instant } from '#model/system.ts';

/** A file as the system itself would export it. */
export interface ExportFile {
  readonly name: string;
  readonly text: string;
}

/** What importing takes. */
export interface Importing {
  readonly collector: Collector;
  /** A folder of this import alone. */
  readonly folder: string;
  /** The cluster or tenant that the files are of, where they do not say. */
  readonly of: string;
  readonly asOf: Instant;
  readonly signal: AbortSignal;
}

/**
 * The rows that a system's own collector makes of these files, coverage aside: what code describes looks exactly as what
 * is read from the system.
 */
export async function importExports(
  files: readonly ExportFile[],
  { collector, folder, of, asOf, signal }: Importing,
): Promise<Observation[]> {
  await mkdir(folder, { recursive: true });
  const recognised: RecognisedFile[] = [];
  for (const { name, text } of files) {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    const file = { path, label: name, size: Buffer.byteLength(text), head: text.slice(0, 65_536) };
    const kind = collector.recognise(file);
    if (kind !== null) recognised.push({ ...file, kind });
  }
  const rows: Observation[] = [];
  if (recognised.length === 0) return rows;
  const context = { asOf, nameOf: () => of, signal };
  for await (const batch of collector.importFiles(recognised, context)) {
    for (const row of batch) if (row.table !== 'coverage') rows.push(row);
  }
  return rows;
}
