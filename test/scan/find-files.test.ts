import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '#scan/find-files.ts';
import { tempDir } from '../temp-dir.ts';

describe('finding files to import', () => {
  it('lists a folder in a stable order and names files by their path in it', async () => {
    const folder = await tempDir();
    await mkdir(join(folder, 'prod'));
    await writeFile(join(folder, 'prod', 'b.json'), '{}');
    await writeFile(join(folder, 'a.json'), '[]');
    const { files, nameOf } = await findFiles([folder]);
    const base = basename(folder);
    expect(files.map(({ label }) => label)).toEqual([join(base, 'a.json'), join(base, 'prod/b.json')]);
    expect(files.map(nameOf)).toEqual([base, 'prod']);
  });

  it('names a file that was given by itself after the file', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'estate.json'), '{}');
    const { files, nameOf } = await findFiles([join(folder, 'estate.json')]);
    expect(files.map(({ label }) => label)).toEqual(['estate.json']);
    expect(files.map(nameOf)).toEqual(['estate']);
  });

  it('reads a file once, however often it is named', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'a.json'), '{}');
    expect((await findFiles([folder, join(folder, 'a.json')])).files).toHaveLength(1);
  });

  it('passes over links that lead out of the folder, and says so', async () => {
    const outside = await tempDir();
    await writeFile(join(outside, 'secret.json'), '{}');
    const folder = await tempDir();
    await symlink(join(outside, 'secret.json'), join(folder, 'link.json'));
    await symlink(outside, join(folder, 'folder'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken'));
    const { files, passedOver } = await findFiles([folder]);
    expect(files).toEqual([]);
    expect(passedOver.map(({ label }) => basename(label)).toSorted()).toEqual([
      'broken',
      'folder',
      'link.json',
    ]);
  });

  it('is not caught in a loop of links', async () => {
    const folder = await tempDir();
    await mkdir(join(folder, 'a'));
    await symlink(folder, join(folder, 'a', 'up'));
    await writeFile(join(folder, 'x.json'), '{}');
    expect((await findFiles([folder])).files).toHaveLength(1);
  });

  it('gives the head of a file as text, without a mark and in UTF-16 too', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, '1.json'), '\ufeff{"a":1}');
    await writeFile(join(folder, '2.json'), Buffer.from('\ufeff{"b":2}', 'utf16le'));
    const { files } = await findFiles([folder]);
    expect(files.map(({ head }) => head)).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('says which path does not exist', async () => {
    const folder = await tempDir();
    await expect(findFiles([join(folder, 'missing')])).rejects.toThrow(/missing: no such file or folder/u);
  });
});
