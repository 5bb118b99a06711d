import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#config/load-config.ts';
import { ConfigError } from '#model/errors.ts';
import { tempDir } from '../temp-dir.ts';

describe('the configuration', () => {
  it('is the defaults where there is no file', async () => {
    const folder = await tempDir();
    const config = await loadConfig(undefined, folder);
    expect(config).toMatchObject({ file: null, data: join(folder, '.nhi'), import: [], profile: 'default' });
    expect(config.snapshots.keep).toBe(30);
  });

  it('is read from nhi.yaml, with paths relative to the file', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'nhi.yaml'), 'data: state\nimport: [exports, /abs/x.json]\nprofile: cis\n');
    const config = await loadConfig(undefined, folder);
    expect(config.data).toBe(join(folder, 'state'));
    expect(config.import).toEqual([join(folder, 'exports'), '/abs/x.json']);
    expect(config.profile).toBe('cis');
  });

  it('must exist where it is named', async () => {
    const folder = await tempDir();
    await expect(loadConfig('missing.yaml', folder)).rejects.toThrow(
      /missing\.yaml: no such configuration file/u,
    );
  });

  it.each([
    ['an unknown key', 'data: x\nimprot: [a]\n', /nhi\.yaml:2: .*improt/u],
    ['a wrong type', 'import: exports\n', /nhi\.yaml:1: import: .*expected array/u],
    ['a wrong value in a nested key', 'data: x\nsnapshots:\n  keep: 0\n', /nhi\.yaml:3: snapshots\.keep: /u],
    ['broken YAML', 'data: [a\nimport: b\n', /nhi\.yaml:\d: not valid YAML/u],
    ['a key that stands twice', 'data: a\ndata: b\n', /nhi\.yaml:2: not valid YAML: .*unique/u],
    ['something that is no mapping', '- a\n- b\n', /nhi\.yaml: .*expected object/u],
  ])('names file and line for %s', async (_, text, message) => {
    const folder = await tempDir();
    await writeFile(join(folder, 'nhi.yaml'), text);
    const failure = loadConfig(undefined, folder);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(ConfigError);
  });

  it('refuses an alias bomb and text that is not UTF-8', async () => {
    const folder = await tempDir();
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]},`.repeat(9)}]`),
    ];
    await writeFile(join(folder, 'bomb.yaml'), bomb.join('\n'));
    await expect(loadConfig('bomb.yaml', folder)).rejects.toThrow(/bomb\.yaml: uses more aliases/u);
    await writeFile(join(folder, 'latin.yaml'), Buffer.from([0x64, 0x3a, 0xff, 0xfe, 0x80]));
    await expect(loadConfig('latin.yaml', folder)).rejects.toThrow(/latin\.yaml: is not UTF-8 text/u);
  });

  it('names every mistake, the first one in the message', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'nhi.yaml'), 'data: 1\nprofile: 2\n');
    const error = await loadConfig(undefined, folder).catch((each: unknown) => each);
    expect(error).toMatchObject({
      message: expect.stringContaining('data'),
      hint: expect.stringContaining('profile'),
    });
  });
});
