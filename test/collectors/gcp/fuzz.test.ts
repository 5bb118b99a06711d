import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, asyncProperty, constantFrom, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gcpCollector } from '#collectors/gcp/index.ts';
import type { Observation } from '#model/record.ts';
import { anyPath, anyValue, damaged, damages, replacedAt } from '#test/collectors/shared/hostile.ts';
import { tempDir } from '#test/temp-dir.ts';
import { APP } from './exported-objects.ts';
import { EXPORTS } from './exports.ts';
import { AS_OF } from './importing.ts';

const NAMES = Object.keys(EXPORTS);
const names = constantFrom(...NAMES);
const text = (name: string): string => JSON.stringify(EXPORTS[name], undefined, 2);

describe('importing Google Cloud', () => {
  it('says something of every file, whatever bytes it holds', async () => {
    const folder = await tempDir();
    await assert(
      asyncProperty(names, uint8Array({ maxLength: 200 }), async (name, bytes) => {
        const rows = await importBytes(folder, [[name, Buffer.from(bytes)]]);
        expect(rows.some(({ table }) => table === 'coverage')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('survives true files that are cut off or have bytes changed, and keeps the truth of the others', async () => {
    const folder = await tempDir();
    await assert(
      asyncProperty(names, damages, async (changed, changes) => {
        const files = NAMES.map((name): [string, Buffer] => [
          name,
          damaged(text(name), name === changed ? changes : []),
        ]);
        const rows = await importBytes(folder, files);
        const isThere = rows.some(({ table, row }) => table === 'identities' && row.name === APP);
        expect(isThere || changed === 'service-accounts.json').toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('survives any value in the place of any member', async () => {
    const folder = await tempDir();
    await assert(
      asyncProperty(names, anyPath, anyValue, async (name, path, replacement) => {
        const changed = JSON.stringify(replacedAt(EXPORTS[name], path, replacement));
        const rows = await importBytes(folder, [[name, Buffer.from(changed ?? '')]]);
        expect(() => JSON.stringify(rows)).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });
});

async function importBytes(
  folder: string,
  contents: readonly (readonly [name: string, bytes: Buffer])[],
): Promise<Observation[]> {
  const files = [];
  for (const [name, bytes] of contents) {
    const path = join(folder, name);
    await writeFile(path, bytes);
    const head = bytes.toString('utf8');
    files.push({ path, label: `x/${name}`, size: bytes.length, head, kind: 'gcp-json' });
  }
  const rows: Observation[] = [];
  const context = { asOf: AS_OF, nameOf: () => 'x', signal: new AbortController().signal };
  for await (const batch of gcpCollector.importFiles(files, context)) rows.push(...batch);
  return rows;
}
