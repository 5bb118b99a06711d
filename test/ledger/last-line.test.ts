import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LARGEST_LINE } from '#ledger/entry.ts';
import { lastLine } from '#ledger/last-line.ts';
import { readLines } from '#ledger/read-lines.ts';
import { tempDir } from '../temp-dir.ts';

async function fileWith(text: string): Promise<string> {
  const file = join(await tempDir(), 'entries.jsonl');
  await writeFile(file, text);
  return file;
}

/** How the file ends, by reading all of it. */
async function endByReadingAll(file: string) {
  let last = null;
  for await (const line of readLines(file)) {
    if (!line.whole) return { last, torn: line };
    last = line;
  }
  return { last, torn: null };
}

describe('the last line of a ledger', () => {
  it('is the one that reading from the beginning comes to, wherever lines end in the blocks that are read', async () => {
    const block = 64 * 1024;
    for (const length of [0, 1, 9, block - 2, block - 1, block, block + 1, 3 * block]) {
      for (const rest of ['', 't', 't'.repeat(block)]) {
        const file = await fileWith(`first\n${'x'.repeat(length)}\n${rest}`);
        expect(await lastLine(file)).toEqual(await endByReadingAll(file));
      }
    }
  });

  it('is none where there is no file, no line, or no line with an end', async () => {
    expect(await lastLine(join(await tempDir(), 'none'))).toEqual({ last: null, torn: null });
    expect(await lastLine(await fileWith(''))).toEqual({ last: null, torn: null });
    expect(await lastLine(await fileWith('{"half'))).toEqual({
      last: null,
      torn: { text: '{"half', whole: false, start: 0 },
    });
  });

  it('is read without what comes before it', async () => {
    const file = await fileWith('');
    // One line that is longer than entries are.
    for (let megabyte = 0; megabyte < 16; megabyte++) await appendFile(file, 'x'.repeat(1024 * 1024));
    await expect(lastLine(file)).rejects.toThrow(RangeError);
    await appendFile(file, '\nlast\n');
    expect(await lastLine(file)).toEqual({
      last: { text: 'last', whole: true, start: 16 * 1024 * 1024 + 1 },
      torn: null,
    });
  });

  it('is refused where it is longer than entries are', async () => {
    await expect(lastLine(await fileWith(`\n${'x'.repeat(2 * LARGEST_LINE + 70_000)}`))).rejects.toThrow(
      'holds no line',
    );
  });
});
