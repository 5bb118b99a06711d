import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#config/load-config.ts';
import { configSchema } from '#config/schema.ts';
import { parseYaml } from '#config/yaml-file.ts';
import { init, machineWith, put } from './init-machine.ts';
import { writeSmallEstate } from './small-estate.ts';

describe('what nhi init finds', () => {
  it('takes what profiles and contexts are called as they are called', async () => {
    const machine = await machineWith([]);
    const names = [
      'no',
      '1',
      '~',
      '#x',
      'a: b',
      '"q"',
      'line\nbreak: 1',
      'arn:aws:eks:eu-west-1:1:cluster/x',
      '\u202e\u001b[31m',
      '\u{e0041}',
      '*a',
      '- x',
    ];
    await put(machine.home, {
      '.kube/config': JSON.stringify({ 'current-context': 'no', contexts: names.map((name) => ({ name })) }),
    });
    const ran = await init(machine);
    expect(ran.stdout).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
    const text = await readFile(join(machine.work, 'nhi.yaml'), 'utf8');
    expect(text).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
    const { targets } = parseYaml(
      text.replaceAll(/^ {2,4}#(?=- system: kube|context)/gmu, (all) => all.slice(0, -1)),
      'nhi.yaml',
      configSchema,
    );
    const contexts = targets.map((target) => (target.system === 'kubernetes' ? target.context : null));
    expect(new Set(contexts)).toEqual(new Set(names));
  });

  it('leaves out what a configuration would not take, and says so', async () => {
    const machine = await machineWith(['aws']);
    const ran = await init(machine);
    expect(ran.stdout).toContain('audit: its regions');
    const { targets } = await loadConfig(undefined, machine.work);
    expect(targets).toMatchObject([
      { profile: 'default', regions: ['eu-west-1'] },
      { profile: 'audit', regions: ['us-east-1'] },
    ]);
  });

  it('says what it cannot read or use', async () => {
    const machine = await machineWith([]);
    await put(machine.home, {
      '.kube/config': 'contexts: [\n',
      'work/CODEOWNERS': '!negated @x\n',
      '.config/gcloud/configurations/config_default': '[core]\nproject = x\n',
    });
    const { code, stdout } = await init(machine);
    expect(code).toBe(0);
    expect(stdout).toMatch(/kubernetes +\S+\.kube\/config:\d+: not valid YAML/u);
    expect(stdout).toMatch(/owners +left out: \S+CODEOWNERS:1: /u);
    expect(stdout).toMatch(/gcp +gcloud is set up, but programs have no credentials/u);
    expect((await loadConfig(undefined, machine.work)).owners.codeowners).toEqual([]);
  });

  it('tells manifests and Terraform from exports', async () => {
    const machine = await machineWith([]);
    await put(machine.work, {
      'my deploy/app.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: x }\n',
      'infra/main.tf': '',
      'infra/modules/iam/main.tf': '',
      'node_modules/x/account.json': '{"UserDetailList": []}',
    });
    const { stdout } = await init(machine);
    expect(stdout).toMatch(/^manifests +my deploy:/mu);
    expect(stdout).toMatch(/^terraform +infra$/mu);
    expect(stdout).toContain('nhi gate --plan tfplan.json');
    expect(stdout).toContain("nhi gate --manifests 'my deploy' ");
    expect((await loadConfig(undefined, machine.work)).import).toEqual([]);
  });

  it('writes elsewhere, with paths from there, and looks into the folders that are named', async () => {
    const machine = await machineWith(['owners']);
    await writeSmallEstate(join(machine.home, 'from clouds'));
    const ran = await init(
      machine,
      '--output',
      'audit/own.yaml',
      '--dir',
      '../from clouds/exports',
      '--data',
      'kept',
    );
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('nhi scan --config audit/own.yaml');
    const config = await loadConfig('audit/own.yaml', machine.work);
    expect(config.import).toEqual([join(machine.home, 'from clouds', 'exports')]);
    expect(config.data).toBe(join(machine.work, 'kept'));
    expect(config.owners.codeowners[0]?.file).toBe(join(machine.work, '.github/CODEOWNERS'));
    const missing = await init(machine, '--force', '--dir', 'nowhere');
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('no such folder') });
  });

  it('says where a repository would take snapshots in', async () => {
    const machine = await machineWith([]);
    await put(machine.work, { '.git/HEAD': '', '.gitignore': 'dist\n' });
    expect((await init(machine)).stdout).toContain('.nhi is not ignored');
    await put(machine.work, { '.gitignore': 'dist\n.nhi/\n' });
    expect((await init(machine, '--force')).stdout).not.toContain('ignored');
  });
});
