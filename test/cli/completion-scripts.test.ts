import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const isHere = (shell: string) => spawnSync(shell, ['--version']).error === undefined;

async function scriptFor(shell: string): Promise<string> {
  const ran = await runCli(await tempDir(), ['completion', shell]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout;
}

/** The script in a file, and a folder with an `nhi` that runs the source. */
async function installed(shell: string): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await tempDir();
  const file = join(folder, `nhi.${shell}`);
  await writeFile(file, await scriptFor(shell));
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'bin', 'nhi');
  await writeFile(
    program,
    `#!/bin/sh\nexec '${process.execPath}' --import '${import.meta.resolve('tsx')}' --conditions=source '${join(ROOT, 'src/cli/main.ts')}' "$@"\n`,
  );
  await chmod(program, 0o755);
  return { folder, file };
}

async function run(program: string, words: readonly string[], folder: string): Promise<string> {
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
  const { stdout } = await promisify(execFile)(program, words, { cwd: folder, env });
  return stdout;
}

/** Calls the function that bash would call for a line, and prints what it replies. */
const DRIVER = `
source "$1"
COMP_LINE=$2 COMP_POINT=\${#2}
read -ra COMP_WORDS <<<"$COMP_LINE"
COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_nhi nhi
printf '%s\\n' "\${COMPREPLY[@]}"
`;

describe('nhi completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s that asks nhi itself', async (shell) => {
    const script = await scriptFor(shell);
    expect(script).toContain('complete -- ');
    expect(script).not.toMatch(/\beval\b/u);
    expect(script.endsWith('\n')).toBe(true);
  });

  it('knows no other shell', async () => {
    const ran = await runCli(await tempDir(), ['completion', 'tcsh']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('Allowed choices are bash, zsh, fish');
  });

  it.skipIf(!isHere('bash'))(
    'completes in bash',
    async () => {
      const { folder, file } = await installed('bash');
      await writeFile(join(folder, 'my export.json'), '{}');
      await run('bash', ['-n', file], folder);
      const reply = async (line: string) =>
        (await run('bash', ['-c', DRIVER, 'bash', file, line], folder)).trimEnd().split('\n');
      expect(await reply('nhi find')).toEqual(['findings']);
      expect(await reply('nhi findings --severity high,l')).toEqual(['high,low']);
      // Readline keeps what stands before the sign of equality.
      expect(await reply('nhi findings --format=n')).toEqual(['ndjson']);
      expect(await reply('nhi report --out html=my')).toEqual(['my export.json']);
      expect(await reply('nhi report --out mark')).toEqual(['markdown=']);
      expect(await reply('nhi scan --import my')).toEqual(['my export.json']);
      expect(await reply('nhi scan --data b')).toEqual(['bin']);
      // Each line starts Node.js once.
    },
    120_000,
  );

  it.skipIf(!isHere('zsh'))('parses in zsh', async () => {
    const { folder, file } = await installed('zsh');
    expect(await run('zsh', ['-n', file], folder)).toBe('');
  });

  it.skipIf(!isHere('fish'))('completes in fish', async () => {
    const { folder, file } = await installed('fish');
    const typed = 'source $argv[1]; complete -C "nhi findings --severity cri"';
    expect(await run('fish', ['-c', typed, file], folder)).toContain('critical');
  });
});
