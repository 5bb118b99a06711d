import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { reports } from '#reports/index.ts';
import { ruleFiles } from '#rules/index.ts';
import { tempDir } from '../temp-dir.ts';
import { programForTest } from './program-for-test.ts';
import { runCli } from './run-cli.ts';

/** What `nhi complete` answers for a line that ends at the cursor. */
async function completed(line: string, folder?: string): Promise<string[]> {
  const ran = await runCli(folder ?? (await tempDir()), ['complete', '--', ...line.split(' ')]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => row.split('\t')[0] ?? '');
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

describe('nhi complete', () => {
  it('offers every command that the help shows, and none that it hides', async () => {
    const program = programForTest();
    const shown = program.createHelp().visibleCommands(program);
    expect(await completed('')).toEqual(shown.map((each) => each.name()));
    expect(await completed('')).toEqual(expect.arrayContaining(['scan', 'completion', 'help']));
    expect(await completed('comp')).toEqual(['completion']);
    expect(await completed('help re')).toEqual(['report', 'revoke']);
  });

  it('offers subcommands and options of the command at hand', async () => {
    expect(await completed('revoke ')).toEqual(expect.arrayContaining(['plan', 'approve', 'apply']));
    expect(await completed('findings --se')).toEqual(['--severity']);
    expect(await completed('revoke apply --ex')).toEqual(['--execute']);
    expect(await completed('findings ')).toContain('--severity');
  });

  it('offers the options of the subcommand that runs where none is named', async () => {
    expect(await completed('rules --form')).toEqual(['--format']);
    expect(await completed('rules --format c')).toEqual(['csv']);
  });

  it('offers the choices of an option, behind the name or behind a sign of equality', async () => {
    expect(await completed('findings --format ')).toEqual(['table', 'json', 'csv', 'ndjson']);
    expect(await completed('findings --format=n')).toEqual(['--format=ndjson']);
    expect(await completed('permissions k')).toEqual(['kubernetes']);
  });

  it('goes on with a list after its last comma', async () => {
    expect(await completed('findings --severity high,l')).toEqual(['high,low']);
    expect(await completed('scan --system aws,k')).toEqual(['aws,kubernetes']);
  });

  it('offers the formats of reports as they are registered', async () => {
    expect(await completed('report --format ')).toEqual(reports.map(({ format }) => format));
    expect(await completed('report --out=mark')).toEqual(['--out=markdown=', ':files']);
    expect(await completed('gate --out s')).toEqual(['sarif=', ':files']);
  });

  it('offers rules, those of the configuration too', async () => {
    const folder = await tempDir();
    await mkdir(join(folder, 'own'));
    await writeFile(join(folder, 'own', 'zz-own.sql'), '');
    await writeFile(join(folder, 'nhi.yaml'), 'rules: [own]\n');
    expect(await completed('rules show ', folder)).toHaveLength(ruleFiles.length + 1);
    expect(await completed('findings --rule unused-identity,zz', folder)).toEqual(['unused-identity,zz-own']);
  });

  it('offers snapshots and revocations of the data folder that the line chooses', async () => {
    const folder = await tempDir();
    await mkdir(join(folder, 'there', 'snapshots'), { recursive: true });
    await mkdir(join(folder, 'there', 'revocations', 'r-1'), { recursive: true });
    for (const name of ['20261101T000000Z-a.duckdb', '20261102T000000Z-b.duckdb', '$(touch x).duckdb']) {
      await writeFile(join(folder, 'there', 'snapshots', name), '');
    }
    expect(await completed('findings --data there --snapshot ', folder)).toEqual([
      '20261102T000000Z-b',
      '20261101T000000Z-a',
    ]);
    expect(await completed('drift --data=there --from 20261101', folder)).toEqual(['20261101T000000Z-a']);
    expect(await completed('revoke apply --data there ', folder)).toEqual(['r-1']);
    expect(await completed('findings --snapshot ', folder)).toEqual([]);
    expect(await completed('paths --data there --from ', folder)).toEqual([]);
  });

  it('offers the schedules of the configuration', async () => {
    const folder = await tempDir();
    await writeFile(
      join(folder, 'own.yaml'),
      'agent: { schedules: [{ name: hourly }, { name: weekly, data: w }] }\n',
    );
    expect(await completed('agent --config own.yaml --once --schedule hourly,w', folder)).toEqual([
      'hourly,weekly',
    ]);
  });

  it('leaves names of files and folders to the shell', async () => {
    expect(await completed('scan --import ')).toEqual([':files']);
    expect(await completed('scan --data ')).toEqual([':folders']);
    expect(await completed('rules check ')).toEqual([':files']);
  });

  it('offers nothing where anything can stand, and for what does not exist', async () => {
    expect(await completed('show x')).toEqual([]);
    expect(await completed('findings --limit ')).toEqual([]);
    expect(await completed('no-such-command --x')).toEqual([]);
    expect(await completed('can -- --se')).toEqual([]);
  });

  it('says nothing of a configuration that is wrong', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'nhi.yaml'), 'nonsense: 1\n');
    expect(await completed('findings --snapshot ', folder)).toEqual([]);
    expect(await completed('findings --rule unused-i', folder)).toEqual(['unused-identity']);
  });

  it('knows what every option that takes a list of words can be given', async () => {
    const free = ['--owner', '--kind', '--scope', '--rules', '--import', '--overrule'];
    const unknown: string[] = [];
    const folder = await tempDir();
    for (const command of everyCommand(programForTest())) {
      const path: string[] = [];
      for (let each: Command | null = command; each?.parent; each = each.parent) path.unshift(each.name());
      for (const { flags, long } of command.options) {
        if (!flags.includes('<list>') || free.includes(long ?? '')) continue;
        const offered = await completed([...path, long, ''].join(' '), folder);
        if (offered.length === 0) unknown.push(`${path.join(' ')} ${long}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});
