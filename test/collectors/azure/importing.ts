import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { azureCollector } from '#collectors/azure/index.ts';
import type { RecognisedFile } from '#contract/collector.ts';
import type { Observation, TableName } from '#model/record.ts';
import { tempDir } from '../../temp-dir.ts';

/** Imports files by label, as a scan does after recognising them; a file that is not recognised is left out. */
export async function imported(files: Readonly<Record<string, unknown>>): Promise<readonly Observation[]> {
  const folder = await tempDir();
  const recognised: RecognisedFile[] = [];
  for (const [label, content] of Object.entries(files)) {
    const path = join(folder, label);
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    const file = { path, label, size: Buffer.byteLength(text), head: text.slice(0, 65_536) };
    const kind = azureCollector.recognise(file);
    if (kind !== null) recognised.push({ ...file, kind });
  }
  const found: Observation[] = [];
  const context = {
    asOf: '2026-11-20T00:00:00.000Z',
    nameOf: () => 'named',
    signal: new AbortController().signal,
  };
  for await (const batch of azureCollector.importFiles(recognised, context)) found.push(...batch);
  return found;
}

/** The rows of one table. */
export function of(
  found: readonly Observation[],
  table: TableName,
): readonly Readonly<Record<string, unknown>>[] {
  return found.flatMap((each) => (each.table === table ? [{ ...each.row }] : []));
}
