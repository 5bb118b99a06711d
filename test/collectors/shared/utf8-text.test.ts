import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainHead, readText, readUtf8 } from '#collectors/shared/utf8-text.ts';

const TEXT = '{"name":"Zoë 🎉"}';
const SIGNAL = new AbortController().signal;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhi-text-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readText', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16 in little-endian order with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['UTF-16 in little-endian order', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 in big-endian order with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()],
    ['UTF-16 in big-endian order', Buffer.from(TEXT, 'utf16le').swap16()],
  ])('reads %s', async (_, bytes) => {
    expect(await readText(await fileOf(bytes), 1000, SIGNAL)).toBe(TEXT);
  });

  it('reads an empty file as an empty text', async () => {
    expect(await readText(await fileOf(Buffer.alloc(0)), 1000, SIGNAL)).toBe('');
  });

  it('refuses UTF-32 and says so', async () => {
    const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]);
    await expect(readText(await fileOf(utf32), 1000, SIGNAL)).rejects.toThrow('UTF-32');
  });

  it('refuses a file that is larger than allowed', async () => {
    await expect(readText(await fileOf(Buffer.from(TEXT)), 5, SIGNAL)).rejects.toThrow('larger than 5 bytes');
  });

  it('says why a file cannot be read without naming its place on the disk', async () => {
    await expect(readText(join(folder, 'none'), 5, SIGNAL)).rejects.toThrow(
      'the file cannot be read (ENOENT)',
    );
    await expect(readText(folder, 5, SIGNAL)).rejects.toThrow('the file cannot be read (EISDIR)');
  });
});

describe('readUtf8', () => {
  it('gives all of a file that is larger than its chunks, characters across their borders included', async () => {
    const text = 'é'.repeat(900_000);
    const path = await fileOf(Buffer.from(`\uFEFFx${text}`, 'utf16le'));
    const chunks: Buffer[] = [];
    for await (const chunk of readUtf8(path, SIGNAL)) chunks.push(Buffer.from(chunk));
    expect(chunks.length).toBeGreaterThan(1);
    expect(Buffer.concat(chunks).toString('utf8') === `x${text}`).toBe(true);
  });

  it('stops when it is told to', async () => {
    const path = await fileOf(Buffer.from(TEXT));
    await expect(readText(path, 1000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('plainHead', () => {
  it('makes UTF-16 that was read as UTF-8 readable', () => {
    expect(plainHead(Buffer.from('\uFEFF{"a":1}', 'utf16le').toString('utf8'))).toBe('{"a":1}');
  });
});

async function fileOf(bytes: Buffer): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  return path;
}
