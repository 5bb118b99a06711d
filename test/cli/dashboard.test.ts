import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { editFile } from '../../src/cli/dashboard/edit-file.ts';
import { asciiFor, screenReaderFor, themeFor } from '../../src/cli/dashboard/look.ts';
import { saveFile } from '../../src/cli/dashboard/save-file.ts';
import type { Io } from '../../src/cli/io.ts';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';

const OPTIONS = { color: true };

function terminal(env: Io['env']): Io {
  return {
    stdout: Object.assign(new PassThrough(), { isTTY: true }),
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    env,
    cwd: '/',
    now: () => new Date(0),
    signal: new AbortController().signal,
  };
}

async function* parts(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

describe('nhi dashboard', () => {
  it('needs a terminal, and says what does without one', async () => {
    const { code, stdout, stderr } = await runCli(await tempDir(), ['dashboard']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('the dashboard needs a terminal, and this is none');
    expect(stderr).toContain('nhi findings');
  });

  it('explains itself', async () => {
    const { code, stdout } = await runCli(await tempDir(), ['dashboard', '--help']);
    expect(code).toBe(0);
    for (const option of ['--snapshot', '--ascii', '--no-color', '--theme', '--screen-reader', '--data']) {
      expect(stdout).toContain(option);
    }
  });

  it('colours for the background that the terminal names, unless it is told otherwise', () => {
    expect(themeFor(OPTIONS, terminal({}))).toBe('dark');
    expect(themeFor(OPTIONS, terminal({ COLORFGBG: '0;15' }))).toBe('light');
    expect(themeFor(OPTIONS, terminal({ COLORFGBG: '15;0' }))).toBe('dark');
    expect(themeFor({ ...OPTIONS, theme: 'light' }, terminal({ COLORFGBG: '15;0' }))).toBe('light');
    expect(themeFor({ color: false }, terminal({}))).toBe('none');
    expect(themeFor(OPTIONS, terminal({ NO_COLOR: '1' }))).toBe('none');
    expect(themeFor(OPTIONS, terminal({ NO_COLOR: '', FORCE_COLOR: '1', TERM: 'dumb' }))).toBe('dark');
    expect(themeFor(OPTIONS, terminal({ TERM: 'dumb' }))).toBe('none');
  });

  it('draws in ASCII where that is asked for or the locale knows no more', () => {
    expect(asciiFor(OPTIONS, terminal({ LANG: 'en_GB.UTF-8' }))).toBe(false);
    expect(asciiFor({ ...OPTIONS, ascii: true }, terminal({ LANG: 'en_GB.UTF-8' }))).toBe(true);
    expect(asciiFor(OPTIONS, terminal({ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }))).toBe(true);
    expect(asciiFor(OPTIONS, terminal({}))).toBe(false);
  });

  it('prints lines for a screen reader', () => {
    expect(screenReaderFor(OPTIONS, terminal({}))).toBe(false);
    expect(screenReaderFor({ ...OPTIONS, screenReader: true }, terminal({}))).toBe(true);
    expect(screenReaderFor(OPTIONS, terminal({ INK_SCREEN_READER: 'true' }))).toBe(true);
  });
});

describe('a file that the dashboard writes', () => {
  it('is its owner’s alone, and never takes the place of another', async () => {
    const folder = await tempDir();
    const first = await saveFile(folder, 'rows.csv', parts('a', 'b'));
    const second = await saveFile(folder, 'rows.csv', parts('c'));
    expect([first, second]).toEqual([join(folder, 'rows.csv'), join(folder, 'rows-2.csv')]);
    expect(await readFile(first, 'utf8')).toBe('ab');
    expect((await stat(first)).mode & 0o777).toBe(0o600);
  });

  it('is refused where it cannot be written', async () => {
    const folder = await tempDir();
    await expect(saveFile(join(folder, 'nowhere'), 'rows.csv', parts('a'))).rejects.toThrow('cannot write');
  });
});

describe('a text in the editor', () => {
  it('is a private file that is gone afterwards, for an editor with words of its own', async () => {
    const folder = await tempDir();
    const log = join(folder, 'log');
    const editor = join(folder, 'my editor');
    await writeFile(
      editor,
      `#!/bin/sh\nstat -c %a "$2" > '${log}'\necho "$1 $2" >> '${log}'\ncat "$2" >> '${log}'\n`,
      {
        mode: 0o700,
      },
    );
    await editFile('row.json', '{"a":1}', terminal({ EDITOR: `'${editor}' --wait` }));
    const [mode, words, text] = (await readFile(log, 'utf8')).split('\n');
    expect([mode, text]).toEqual(['600', '{"a":1}']);
    expect(words).toMatch(/^--wait \/.*\/row\.json$/u);
    await expect(stat(words?.slice('--wait '.length) ?? '')).rejects.toThrow('ENOENT');
  });

  it('goes to VISUAL first, and says so where neither is set or it fails', async () => {
    await editFile('row.json', '', terminal({ VISUAL: 'true', EDITOR: 'false' }));
    await expect(editFile('row.json', '', terminal({}))).rejects.toThrow('neither VISUAL nor EDITOR is set');
    await expect(editFile('row.json', '', terminal({ EDITOR: 'false' }))).rejects.toThrow(
      'false ended with 1',
    );
  });
});
