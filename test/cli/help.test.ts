import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';

const COMMANDS = [
  'scan',
  'findings',
  'identities',
  'show',
  'can',
  'who-can',
  'paths',
  'report',
  'rules',
  'waivers',
  'gate',
  'kpi',
  'sql',
  'snapshots',
  'doctor',
  'init',
  'completion',
];

describe('the command line', () => {
  it('lists every command in its help', async () => {
    const { code, stdout } = await runCli(await tempDir(), ['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'mu'));
  });

  it.each(COMMANDS)('explains %s with its options', async (command) => {
    const { code, stdout } = await runCli(await tempDir(), [command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: nhi /u);
  });

  it('suggests what was probably meant', async () => {
    const folder = await tempDir();
    const command = await runCli(folder, ['finding']);
    expect(command).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean findings?') });
    const option = await runCli(folder, ['findings', '--severty', 'high']);
    expect(option).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean --severity?') });
  });

  it('prints the version', async () => {
    expect((await runCli(await tempDir(), ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  it('shows its help and exits with 2 where no command is given', async () => {
    const { code, stdout } = await runCli(await tempDir(), []);
    expect(code).toBe(2);
    expect(stdout).toContain('Commands:');
  });

  it('tells how to begin where there is no snapshot', async () => {
    for (const words of [['findings'], ['show', 'x'], ['sql', 'SELECT 1'], ['report']]) {
      const { code, stderr } = await runCli(await tempDir(), words);
      expect(code).toBe(2);
      expect(stderr).toContain('nhi scan');
    }
  });

  it('says so when it is interrupted, and leaves no snapshot', async () => {
    const folder = await tempDir();
    const interrupt = new AbortController();
    interrupt.abort(new Error('interrupted'));
    const { code, stderr } = await runCli(folder, ['scan', '--import', '.'], { signal: interrupt.signal });
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted');
    expect((await runCli(folder, ['snapshots'])).stdout).toContain('No snapshots yet');
  });
});
